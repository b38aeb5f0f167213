using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ModelConfiguration : IEntityTypeConfiguration<Model>
{
    public void Configure(EntityTypeBuilder<Model> builder)
    {
        builder.HasKey(model => model.Digest);
        builder.HasIndex(model => model.Direction).IsUnique().HasFilter("state = 'Champion'").HasDatabaseName("ix_models_champion");
        builder.HasIndex(model => new { model.Direction, model.State });
        builder.HasIndex(model => model.ManifestDigest);
        builder.ComplexCollection(model => model.Reasons, reasons => reasons.ToJson("reasons"));
        builder.HasMany(model => model.Acts).WithOne().HasForeignKey(act => act.Digest);
    }
}
