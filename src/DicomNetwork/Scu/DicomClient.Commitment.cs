namespace Gateway.DicomNetwork;

/// <content>Storage Commitment Push Model, both roles (PS3.4 Annex J), on an association we open.</content>
public sealed partial class DicomClient
{
    private const byte CommitmentContext = 1;

    /// <summary>N-ACTION as SCU, then waits for the N-EVENT-REPORT on the same association (PS3.4 §J.3.2).</summary>
    /// <param name="wait">For the report; one that comes later is sent to our own port.</param>
    /// <exception cref="DicomNetworkException">No association, or none that lasted.</exception>
    public async Task<CommitmentOutcome> RequestCommitmentAsync(
        CommitmentRequest request, TimeSpan wait, CancellationToken cancel = default)
    {
        await using var association = await RequestedAssociation.OpenAsync(options, CommitmentContexts, time, cancel);
        if (!association.Accepted.TryGetValue(CommitmentContext, out var syntax))
            return new(DimseStatus.SopClassNotSupported, null, "The peer does not offer storage commitment.");

        await using var dataSet = CommitmentDataSet.Write(request, syntax);
        var response = await association.InvokeAsync(CommitmentContext, StorageCommitment.ActionRequest, dataSet, cancel);
        if (response.Status != DimseStatus.Success)
        {
            await association.ReleaseAsync(cancel);
            return new(response.Status, null, response.ErrorComment);
        }

        var result = await ReceiveReportAsync(association, request.TransactionUid, syntax, wait, cancel);
        await association.ReleaseAsync(cancel);
        return new(response.Status, result, null);
    }

    /// <summary>N-EVENT-REPORT as SCP, on an association of our own with the roles turned round (PS3.4 §J.3.3, PS3.7 §D.3.3.4).</summary>
    /// <returns>Status of the N-EVENT-REPORT-RSP.</returns>
    /// <exception cref="DicomNetworkException">No association, or none that lasted.</exception>
    public async Task<ushort> ReportCommitmentAsync(CommitmentResult result, CancellationToken cancel = default)
    {
        await using var association = await RequestedAssociation.OpenAsync(
            options, CommitmentContexts, time, cancel, new RoleSelection(StorageCommitment.SopClassUid, Scu: false, Scp: true));
        var refused = association.Roles.Any(role => role is { SopClassUid: StorageCommitment.SopClassUid, Scp: false });
        if (refused || !association.Accepted.TryGetValue(CommitmentContext, out var syntax))
            return DimseStatus.SopClassNotSupported;

        await using var dataSet = CommitmentDataSet.Write(result, syntax);
        var response = await association.InvokeAsync(
            CommitmentContext, messageId => StorageCommitment.EventReport(messageId, result), dataSet, cancel);
        await association.ReleaseAsync(cancel);
        return response.Status;
    }

    private static ProposedContext[] CommitmentContexts =>
        [new(
            CommitmentContext, StorageCommitment.SopClassUid,
            [TransferSyntaxes.ExplicitLittleEndian, TransferSyntaxes.ImplicitLittleEndian])];

    private static async Task<CommitmentResult?> ReceiveReportAsync(
        RequestedAssociation association, Uid transaction, string syntax, TimeSpan wait, CancellationToken cancel)
    {
        if (wait <= TimeSpan.Zero || await association.NextRequestAsync(wait, cancel) is not { Command: { } command } message)
            return null;

        var result = ReadReport(message, syntax);
        var isOurs = command.Field == CommandField.EventReportRequest && result?.TransactionUid == transaction;
        await association.RespondAsync(message.ContextId, new()
        {
            Field = command.Field | CommandField.Response,
            MessageIdRespondedTo = command.MessageId,
            AffectedSopClassUid = command.AffectedSopClassUid,
            AffectedSopInstanceUid = command.AffectedSopInstanceUid,
            HasDataSet = false,
            Status = isOurs ? DimseStatus.Success : DimseStatus.ProcessingFailure,
        }, cancel);
        return isOurs ? result : null;
    }

    private static CommitmentResult? ReadReport(ReceivedMessage message, string syntax)
    {
        try
        {
            return CommitmentDataSet.ReadResult(message.DataSet, syntax);
        }
        catch (DicomException)
        {
            return null;
        }
    }
}
