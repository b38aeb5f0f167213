using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ObservationConfiguration : IEntityTypeConfiguration<Observation>
{
    public void Configure(EntityTypeBuilder<Observation> builder)
    {
        builder.HasKey(seen => seen.SeriesId);
        builder.HasIndex(seen => new { seen.Modality, seen.At });
        builder.Property(seen => seen.Measures).HasConversion<MeasuresConverter, MeasuresComparer>();
        builder.HasOne<Series>().WithMany().HasForeignKey(seen => seen.SeriesId);
    }
}
