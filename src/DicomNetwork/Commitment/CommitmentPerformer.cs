namespace Gateway.DicomNetwork;

/// <summary>Storage commitment on an association that the peer opened (PS3.4 §J.3): performs its N-ACTION and N-EVENT-REPORT, and reports to
/// it where the session can answer at once.</summary>
internal sealed class CommitmentPerformer(UpperLayer upper, IStorageCommitmentSession session, uint peerMaxPduLength)
{
    private CommitmentResult? _due;
    private CommitmentResult? _unanswered;
    private ushort _lastMessageId;

    /// <summary>Why a message cannot be performed; null when <see cref="Begin"/> may take its data set.</summary>
    public static StoreReply? Refuse(CommandSet command)
    {
        var isAction = command.Field == CommandField.ActionRequest;
        var (sopClass, sopInstance) = isAction
            ? (command.RequestedSopClassUid, command.RequestedSopInstanceUid)
            : (command.AffectedSopClassUid, command.AffectedSopInstanceUid);
        if (sopClass != StorageCommitment.SopClassUid)
            return new(DimseStatus.SopClassNotSupported);
        if (sopInstance != StorageCommitment.SopInstanceUid)
            return new(DimseStatus.NoSuchSopInstance);
        if (isAction && command.ActionTypeId != StorageCommitment.Request)
            return new(DimseStatus.NoSuchActionType);
        if (!isAction && command.EventTypeId is not (StorageCommitment.Successful or StorageCommitment.FailuresExist))
            return new(DimseStatus.NoSuchEventType);
        return command.HasDataSet ? null : new(DimseStatus.InvalidArgumentValue, "No data set.");
    }

    public IStoreSink Begin(CommandSet command, string transferSyntax, CancellationToken cancel) =>
        new CommitmentSink(command.Field == CommandField.ActionRequest
            ? bytes => CommitAsync(CommitmentDataSet.ReadRequest(bytes, transferSyntax), cancel)
            : async bytes => new(await session.ReceiveReportAsync(CommitmentDataSet.ReadResult(bytes, transferSyntax), cancel)));

    /// <summary>The request was answered: what it is to be told at once follows.</summary>
    public async ValueTask ReportAsync(AcceptedContext context, CancellationToken cancel)
    {
        if (_due is not { } result)
            return;
        (_due, _unanswered) = (null, result);
        await DimseWriter.WriteAsync(upper, context.Id, StorageCommitment.EventReport(++_lastMessageId, result), peerMaxPduLength, cancel);
        await using var dataSet = CommitmentDataSet.Write(result, context.TransferSyntax);
        await DimseWriter.WriteAsync(upper, context.Id, dataSet, peerMaxPduLength, cancel);
    }

    /// <summary>The peer's N-EVENT-REPORT-RSP.</summary>
    /// <returns>Whether it answers a report of ours.</returns>
    public async ValueTask<bool> TryTakeResponseAsync(CommandSet response)
    {
        if (_unanswered is not { } result || response.Field != CommandField.EventReportResponse || response.MessageIdRespondedTo != _lastMessageId)
            return false;
        _unanswered = null;
        await session.ReportedAsync(result, response.Status);
        return true;
    }

    private async ValueTask<StoreReply> CommitAsync(CommitmentRequest request, CancellationToken cancel)
    {
        var reply = await session.CommitAsync(request, cancel);
        _due = _unanswered is null ? reply.Report : null;    // one at a time: the rest is reported on another association
        return new(reply.Status, reply.Comment);
    }
}
