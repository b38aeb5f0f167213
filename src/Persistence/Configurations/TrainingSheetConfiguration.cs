using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class TrainingSheetConfiguration : IEntityTypeConfiguration<TrainingSheet>
{
    public void Configure(EntityTypeBuilder<TrainingSheet> builder)
    {
        builder.HasKey(sheet => new { sheet.JobId, sheet.Step });
        builder.HasOne<TrainingJob>().WithMany().HasForeignKey(sheet => sheet.JobId);
    }
}
