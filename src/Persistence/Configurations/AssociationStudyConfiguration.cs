using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class AssociationStudyConfiguration : IEntityTypeConfiguration<AssociationStudy>
{
    public void Configure(EntityTypeBuilder<AssociationStudy> builder)
    {
        builder.HasKey(pair => new { pair.AssociationId, pair.StudyId });
        builder.HasIndex(pair => pair.StudyId);
        builder.HasOne<Study>().WithMany().HasForeignKey(pair => pair.StudyId);
    }
}
