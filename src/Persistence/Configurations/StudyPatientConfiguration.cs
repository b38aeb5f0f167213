using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class StudyPatientConfiguration : IEntityTypeConfiguration<StudyPatient>
{
    public void Configure(EntityTypeBuilder<StudyPatient> builder)
    {
        builder.Ignore(patient => patient.Identity);
        builder.HasOne<Study>().WithMany(study => study.Patients).HasForeignKey(patient => patient.StudyId);
    }
}
