using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>Storage commitment on one association, in both roles.</summary>
/// <param name="reportsElsewhere">The caller has a port of its own for reports; <see cref="CommitmentReporter"/> sends them there.</param>
internal sealed class AskedCommitments(
    Guid associationId, AssociationRequest peer, bool reportsElsewhere, CommitmentLedger ledger, CommitmentEvidence evidence)
{
    private readonly Dictionary<Uid, Guid> _due = [];

    public async ValueTask<CommitmentReply> TakeAsync(CommitmentRequest request, CancellationToken cancel)
    {
        var id = await ledger.TakeAsync(associationId, peer, request, cancel);
        if (reportsElsewhere)
            return new(DimseStatus.Success);

        _due[request.TransactionUid] = id;
        return new(DimseStatus.Success, await evidence.FindAsync(request, cancel));
    }

    public async ValueTask ReportedAsync(CommitmentResult report, ushort status)
    {
        if (status == DimseStatus.Success && _due.Remove(report.TransactionUid, out var id))
            await ledger.ReportedAsync(id, report.Failed.Count);
    }

    public async ValueTask<ushort> TakeReportAsync(CommitmentResult report, CancellationToken cancel) =>
        await ledger.TakeReportAsync(report, cancel) ? DimseStatus.Success : DimseStatus.ProcessingFailure;

    public async ValueTask EndAsync()
    {
        if (_due.Count > 0)
            await ledger.ParkAsync(_due.Values);
    }
}
