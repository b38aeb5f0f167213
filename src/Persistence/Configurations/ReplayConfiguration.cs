using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ReplayConfiguration : IEntityTypeConfiguration<Replay>
{
    public void Configure(EntityTypeBuilder<Replay> builder)
    {
        builder.Property(replay => replay.By).HasMaxLength(Replay.LongestBy);
        builder.Property(replay => replay.Why).HasMaxLength(Replay.LongestWhy);
        builder.HasIndex(replay => replay.FailureId).IsUnique(); // a failure is replayed once
        builder.HasOne(replay => replay.Failure).WithMany().HasForeignKey(replay => replay.FailureId);
    }
}
