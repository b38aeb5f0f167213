using Gateway.Contracts.Reasons;
using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>One association that was let in. Its objects go to the intake, its storage commitments and its end become rows.</summary>
internal sealed class ReceivedAssociation(
    Sender sender, AssociationLedger ledger, ObjectIntake intake, RefusalLog refusals, AskedCommitments commitments,
    DatabasePatience patience, ListenerMetrics metrics) : IStorageCommitmentSession
{
    private readonly ReceivedCount _count = new(metrics);

    public ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel) =>
        new(new SpooledObject(intake, sender, request, _count));

    public async ValueTask RefusedAsync(StoreReply reply)
    {
        var code = reply.Status == DimseStatus.ProcessingFailure ? ReasonCode.ProcessingFailure : ReasonCode.CommandUnusable;
        await refusals.AddAsync(sender.Peer, code.Because(reply.Comment ?? $"Answered {reply.Status:X4}."));
    }

    public ValueTask<CommitmentReply> ReceiveRequestAsync(CommitmentRequest request, CancellationToken cancel) =>
        new(patience.WaitAsync(async () => await commitments.TakeAsync(request, cancel)));

    public ValueTask ReportedAsync(CommitmentResult report, ushort status) => commitments.ReportedAsync(report, status);

    public ValueTask<ushort> ReceiveReportAsync(CommitmentResult report, CancellationToken cancel) =>
        new(patience.WaitAsync(async () => await commitments.TakeReportAsync(report, cancel)));

    public async ValueTask EndAsync(AssociationEnd end, TimeSpan silence)
    {
        await ledger.CloseAsync(sender.AssociationId, end, silence, _count.Announced, _count.Stored);
        metrics.Ended(sender.Peer, end);
    }
}
