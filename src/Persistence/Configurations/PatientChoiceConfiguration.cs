using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class PatientChoiceConfiguration : IEntityTypeConfiguration<PatientChoice>
{
    public void Configure(EntityTypeBuilder<PatientChoice> builder)
    {
        builder.Property(choice => choice.By).HasMaxLength(PatientChoice.LongestBy);
        builder.Property(choice => choice.Why).HasMaxLength(PatientChoice.LongestWhy);
        builder.HasOne<Study>().WithMany(study => study.PatientChoices).HasForeignKey(choice => choice.StudyId);
    }
}
