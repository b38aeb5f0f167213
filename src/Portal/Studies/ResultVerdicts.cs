using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What readers say of derived series: recorded, with what follows from it, in one transaction.</summary>
internal sealed partial class ResultVerdicts(
    IDbContextFactory<GatewayDbContext> databases, TimeProvider time, OutboxSignal outbox, ILogger<ResultVerdicts> logger)
{
    /// <returns>Oldest first; null where there is no such derived series.</returns>
    public async Task<List<ReaderVerdict>?> FindAsync(Guid seriesId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await db.Series.AsNoTracking().Include(s => s.Verdicts.OrderBy(one => one.At).ThenBy(one => one.Id))
            .SingleOrDefaultAsync(s => s.Id == seriesId && s.Origin == SeriesOrigin.Derived, cancel))?.Verdicts;
    }

    /// <returns>What came of it, and the study of the series.</returns>
    public async Task<(JudgeResult Result, Guid? Study)> JudgeAsync(Guid seriesId, VerdictRequest wish, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var result = await db.JudgeAsync(
            new()
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                SeriesId = seriesId,
                Kind = wish.Kind,
                At = time.GetUtcNow(),
                By = wish.By,
                Why = wish.Why,
                Title = wish.Title,
            },
            time, cancel);
        var study = await db.Series.Where(s => s.Id == seriesId).Select(s => (Guid?)s.StudyId).SingleOrDefaultAsync(cancel);
        if (result != JudgeResult.Recorded)
            return (result, study);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        outbox.Set();
        LogJudged(seriesId, wish.Kind);
        return (result, study);
    }

    [LoggerMessage(EventId = 5005, Level = LogLevel.Information, Message = "Derived series {SeriesId}: {Verdict} by a reader")]
    private partial void LogJudged(Guid seriesId, VerdictKind verdict);
}
