using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ManifestConfiguration : IEntityTypeConfiguration<Manifest>
{
    public void Configure(EntityTypeBuilder<Manifest> builder)
    {
        builder.HasKey(manifest => manifest.Digest);
        builder.HasMany(manifest => manifest.Listed).WithOne().HasForeignKey(sample => sample.ManifestDigest);
    }
}
