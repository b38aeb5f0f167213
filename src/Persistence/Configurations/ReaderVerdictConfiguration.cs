using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ReaderVerdictConfiguration : IEntityTypeConfiguration<ReaderVerdict>
{
    public void Configure(EntityTypeBuilder<ReaderVerdict> builder)
    {
        builder.Property(verdict => verdict.By).HasMaxLength(ReaderVerdict.LongestBy);
        builder.Property(verdict => verdict.Why).HasMaxLength(ReaderVerdict.LongestWhy);
        // A note is obeyed once, however often its study completes.
        builder.HasIndex(verdict => new { verdict.SeriesId, verdict.NoteUid }).IsUnique();
        builder.HasOne<Series>().WithMany(series => series.Verdicts).HasForeignKey(verdict => verdict.SeriesId);
    }
}
