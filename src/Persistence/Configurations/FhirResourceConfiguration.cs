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

        // The If-Match of our own writers: whoever read an older version loses.
        builder.Property(resource => resource.Version).IsConcurrencyToken();
    }
}
