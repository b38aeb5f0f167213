using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class InstanceConfiguration : IEntityTypeConfiguration<Instance>
{
    public void Configure(EntityTypeBuilder<Instance> builder)
    {
        builder.HasIndex(instance => new { instance.SeriesId, instance.SopInstanceUid, instance.Sha256 }).IsUnique();
        builder.HasIndex(instance => instance.SopInstanceUid);
        builder.HasIndex(instance => instance.AssociationId);
    }
}
