using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class FhirPublicationConfiguration : IEntityTypeConfiguration<FhirPublication>
{
    public void Configure(EntityTypeBuilder<FhirPublication> builder)
    {
        builder.HasKey(publication => publication.StudyId);
        builder.HasIndex(publication => publication.State);
        builder.HasOne<Study>().WithOne().HasForeignKey<FhirPublication>(publication => publication.StudyId);

        // Whoever wants a later version while an earlier one is sent is not overwritten by the end of that sending.
        builder.Property(publication => publication.Wanted).IsConcurrencyToken();
        builder.Property(publication => publication.Attempts).IsConcurrencyToken();
    }
}
