using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>Storage commitment on one association, in both roles.</summary>
/// <param name="sender">Where it has a port of its own for reports, <see cref="CommitmentReporter"/> sends them there.</param>
internal sealed class AskedCommitments(Sender sender, CommitmentLedger ledger, CommitmentLook look, TimeProvider time)
{
    private readonly Dictionary<Uid, Guid> _due = [];

    public async ValueTask<CommitmentReply> TakeAsync(CommitmentRequest request, CancellationToken closed)
    {
        var requestedAt = time.GetUtcNow();
        var id = await ledger.TakeAsync(sender, request, requestedAt, closed);
        if (sender.Caller.ReportTo is not null)
            return new(DimseStatus.Success);

        _due[request.TransactionUid] = id;
        var first = await look.FindAsync(sender.Caller, request, requestedAt, closed);
        return new(DimseStatus.Success, ReportAsync(request, requestedAt, first, closed));
    }

    public async ValueTask ReportedAsync(CommitmentResult report, ushort status)
    {
        if (status == DimseStatus.Success && _due.Remove(report.TransactionUid, out var id))
            await ledger.ReportedAsync(id, report.Failed.Count);
    }

    public async ValueTask<ushort> TakeReportAsync(CommitmentResult report, CancellationToken cancel) =>
        await ledger.TakeReportAsync(report, cancel) ? DimseStatus.Success : DimseStatus.ProcessingFailure;

    /// <summary>Reports while the association lasts. When it is over, <see cref="CommitmentReporter"/> parks what was not
    /// reported.</summary>
    private async Task<CommitmentResult> ReportAsync(
        CommitmentRequest request, DateTimeOffset requestedAt, (CommitmentResult Report, DateTimeOffset? Again) found,
        CancellationToken closed)
    {
        while (found.Again is { } again)
        {
            // Images are still on their way; the ledger has said when to look again.
            var pause = again - time.GetUtcNow();
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, closed);
            found = await look.FindAsync(sender.Caller, request, requestedAt, closed);
        }

        return found.Report;
    }
}
