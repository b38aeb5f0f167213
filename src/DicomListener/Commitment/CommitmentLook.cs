using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>One look at what a caller asked for: the report, and whether it goes out as it is or waits for images still on their way
/// (PS3.4 §J.3). When it was asked is a row, so that whoever looks next decides alike.</summary>
internal sealed class CommitmentLook(
    IDbContextFactory<GatewayDbContext> databases, CommitmentEvidence evidence, IOptions<DicomListenerOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <returns>The report, and when to look again; null: never, it goes out.</returns>
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

    /// <summary>At twice the age of the request: few looks, however long it waits.</summary>
    private DateTimeOffset? Again(DateTimeOffset requestedAt, DateTimeOffset now)
    {
        var until = requestedAt + options.Value.CommitmentWait;
        var again = now + TimeSpan.FromTicks(Math.Max((now - requestedAt).Ticks, ShortestPause.Ticks));
        return now >= until ? null : again < until ? again : until;
    }
}
