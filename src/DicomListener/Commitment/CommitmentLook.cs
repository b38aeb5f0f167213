using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>Looks once at what a caller asked for, makes the report, and decides whether to send it or to wait for images that are still on
/// their way (PS3.4 §J.3). The time of the request is in its row, so that every replica decides in the same way.</summary>
internal sealed class CommitmentLook(
    IDbContextFactory<GatewayDbContext> databases, CommitmentEvidence evidence, IOptions<DicomListenerOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <returns>The report, and when to look again; null when the report is final and can be sent.</returns>
    public async Task<(CommitmentResult Report, DateTimeOffset? Again)> FindAsync(
        CallerOptions caller, CommitmentRequest request, DateTimeOffset requestedAt, CancellationToken cancel)
    {
        var report = await evidence.FindAsync(request, cancel);
        if (report.Failed.Count == 0 && caller.ExpectedCount.HasFlag(ExpectedCountSources.StorageCommitment))
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            await ExpectedCount.RaiseAsync(db, report.Kept, cancel);
        }

        var isMissing = report.Failed.Any(failed => failed.Reason == CommitmentFailure.NoSuchObjectInstance);
        return (report, isMissing ? Again(requestedAt, time.GetUtcNow()) : null);
    }

    /// <summary>The next look is when the request is twice as old as now, so that even a long wait needs few looks.</summary>
    private DateTimeOffset? Again(DateTimeOffset requestedAt, DateTimeOffset now)
    {
        var until = requestedAt + options.Value.CommitmentWait;
        var again = now + TimeSpan.FromTicks(Math.Max((now - requestedAt).Ticks, ShortestPause.Ticks));
        return now >= until ? null : again < until ? again : until;
    }
}
