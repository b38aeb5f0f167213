namespace Gateway.DicomNetwork;

/// <summary>Storage commitment on an association that the peer opened (PS3.4 §J.3): performs its N-ACTION and N-EVENT-REPORT, and reports
/// to it, one report at a time, what the session comes to know while the association lasts.</summary>
internal sealed class CommitmentPerformer(UpperLayer upper, IStorageCommitmentSession session, uint peerMaxPduLength)
{
    /// <summary>Reports that one association may wait for at once; each holds its request.</summary>
    private const int MaxDue = 16;

    private readonly List<(Task<CommitmentResult> Report, AcceptedContext Context)> _due = [];
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

    public IStoreSink Begin(CommandSet command, AcceptedContext context, CancellationToken cancel) =>
        new CommitmentSink(command.Field == CommandField.ActionRequest
            ? bytes => TakeRequestAsync(CommitmentDataSet.ReadRequest(bytes, context.TransferSyntax), context, cancel)
            : async bytes => new(await session.ReceiveReportAsync(CommitmentDataSet.ReadResult(bytes, context.TransferSyntax), cancel)));

    /// <summary>Called between two messages, to send the reports that have become known.</summary>
    public async ValueTask ReportAsync(CancellationToken cancel)
    {
        _due.RemoveAll(due => due.Report.IsFaulted || due.Report.IsCanceled);
        var next = _due.FindIndex(due => due.Report.IsCompletedSuccessfully);
        if (_unanswered is not null || next < 0)
            return;
        var (report, context) = _due[next];
        _due.RemoveAt(next);
        var result = _unanswered = await report;
        await DimseWriter.WriteAsync(upper, context.Id, StorageCommitment.EventReport(++_lastMessageId, result), peerMaxPduLength, cancel);
        await using var dataSet = CommitmentDataSet.Write(result, context.TransferSyntax);
        await DimseWriter.WriteAsync(upper, context.Id, dataSet, peerMaxPduLength, cancel);
    }

    /// <summary>The peer's N-EVENT-REPORT-RSP.</summary>
    /// <returns>Whether it answers a report of ours.</returns>
    public async ValueTask<bool> TryTakeResponseAsync(CommandSet response)
    {
        if (_unanswered is not { } result || response.Field != CommandField.EventReportResponse
            || response.MessageIdRespondedTo != _lastMessageId)
            return false;
        _unanswered = null;
        await session.ReportedAsync(result, response.Status);
        await ReportAsync(default);
        return true;
    }

    private async ValueTask<StoreReply> TakeRequestAsync(CommitmentRequest request, AcceptedContext context, CancellationToken cancel)
    {
        if (_due.Count == MaxDue)
            return new(DimseStatus.ResourceLimitation, "Too many requests wait for their report.");
        var reply = await session.ReceiveRequestAsync(request, cancel);
        if (reply.Report is { } report)
        {
            _due.Add((report, context));
            _ = report.ContinueWith(_ => upper.Interrupt(), cancel, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }

        return new(reply.Status, reply.Comment);
    }
}
