using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class TrainingPointConfiguration : IEntityTypeConfiguration<TrainingPoint>
{
    public void Configure(EntityTypeBuilder<TrainingPoint> builder)
    {
        builder.HasKey(point => new { point.JobId, point.Step });
        builder.Property(point => point.Losses).HasConversion<MeasuresConverter, MeasuresComparer>();
        builder.HasOne<TrainingJob>().WithMany().HasForeignKey(point => point.JobId);
    }
}
