using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ArchiveSampleConfiguration : IEntityTypeConfiguration<ArchiveSample>
{
    public void Configure(EntityTypeBuilder<ArchiveSample> builder)
    {
        builder.HasIndex(sample => sample.Subject);
        builder.HasIndex(sample => sample.SubjectOfAnyIssuer);
        builder.HasIndex(sample => sample.Sha256);
        builder.Property(sample => sample.Measures).HasConversion<MeasuresConverter, MeasuresComparer>();
    }
}
