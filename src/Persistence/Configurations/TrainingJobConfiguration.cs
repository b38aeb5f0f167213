using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class TrainingJobConfiguration : IEntityTypeConfiguration<TrainingJob>
{
    public void Configure(EntityTypeBuilder<TrainingJob> builder)
    {
        builder.HasIndex(job => job.Pair).IsUnique().HasFilter("state IN ('Queued', 'Running', 'Paused')")
            .HasDatabaseName("ix_training_jobs_open");
        builder.HasIndex(job => new { job.State, job.CreatedAt });
        builder.ComplexCollection(job => job.Reasons, reasons => reasons.ToJson("reasons"));
    }
}
