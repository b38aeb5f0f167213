using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ModelActConfiguration : IEntityTypeConfiguration<ModelAct>
{
    public void Configure(EntityTypeBuilder<ModelAct> builder)
    {
        builder.HasIndex(act => new { act.Digest, act.At });
        builder.Property(act => act.By).HasMaxLength(ModelAct.LongestBy);
        builder.Property(act => act.Why).HasMaxLength(ModelAct.LongestWhy);
    }
}
