using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ShadowResultConfiguration : IEntityTypeConfiguration<ShadowResult>
{
    public void Configure(EntityTypeBuilder<ShadowResult> builder)
    {
        builder.HasKey(result => new { result.SeriesId, result.Revision, result.Digest });
        builder.HasIndex(result => new { result.Digest, result.At });
        builder.Property(result => result.Measures).HasConversion<MeasuresConverter, MeasuresComparer>();
        builder.HasOne<Series>().WithMany().HasForeignKey(result => result.SeriesId);
    }
}
