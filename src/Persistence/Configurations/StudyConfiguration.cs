using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class StudyConfiguration : IEntityTypeConfiguration<Study>
{
    public void Configure(EntityTypeBuilder<Study> builder)
    {
        builder.HasIndex(study => study.StudyInstanceUid).IsUnique();
        builder.HasIndex(study => study.State);
        builder.HasIndex(study => study.DueAt).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(study => new { study.FirstReceivedAt, study.Id });
        builder.HasIndex(study => new { study.WorklistState, study.FirstReceivedAt, study.Id });
    }
}
