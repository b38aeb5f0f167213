using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ManifestSampleConfiguration : IEntityTypeConfiguration<ManifestSample>
{
    public void Configure(EntityTypeBuilder<ManifestSample> builder)
    {
        builder.HasKey(sample => new { sample.ManifestDigest, sample.Sha256 });
        builder.HasIndex(sample => sample.Subject);
        builder.HasIndex(sample => sample.SubjectOfAnyIssuer);
    }
}
