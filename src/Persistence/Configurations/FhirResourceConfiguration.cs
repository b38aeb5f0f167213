using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class FhirResourceConfiguration : IEntityTypeConfiguration<FhirResource>
{
    public void Configure(EntityTypeBuilder<FhirResource> builder)
    {
        builder.HasKey(resource => new { resource.Type, resource.ResourceId });
        builder.HasIndex(resource => new { resource.Type, resource.Identifier });
        builder.HasIndex(resource => resource.StudyId);

        // Optimistic concurrency between our own writers: a writer that read an older version fails.
        builder.Property(resource => resource.Version).IsConcurrencyToken();
    }
}
