using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>One association that was let in: counts what is announced and what is stored.</summary>
internal sealed class ReceivedAssociation(
    Guid id, AssociationRequest peer, CallerOptions caller, AssociationLedger ledger, ObjectIntake intake, AskedCommitments commitments)
    : IStorageCommitmentSession
{
    private int _announced;
    private int _stored;

    public Guid Id => id;

    public AssociationRequest Peer => peer;

    /// <summary>The entry of the allow-list it was let in by.</summary>
    public CallerOptions Caller => caller;

    public ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel)
    {
        _announced++;
        return new(new SpooledObject(this, request, intake));
    }

    public ValueTask<CommitmentReply> ReceiveRequestAsync(CommitmentRequest request, CancellationToken cancel) => commitments.TakeAsync(request, cancel);

    public ValueTask ReportedAsync(CommitmentResult report, ushort status) => commitments.ReportedAsync(report, status);

    public ValueTask<ushort> ReceiveReportAsync(CommitmentResult report, CancellationToken cancel) => commitments.TakeReportAsync(report, cancel);

    public async ValueTask EndAsync(AssociationEnd end)
    {
        await ledger.CloseAsync(id, end, _announced, _stored);
        ListenerMetrics.Ended(peer, end);
    }

    /// <summary>An object of this association was answered.</summary>
    public void Answered(StoreRequest request, StoreReply reply)
    {
        _stored += reply.Status == DimseStatus.Success ? 1 : 0;
        ListenerMetrics.Received(request.SopClassUid, reply.Status);
    }
}
