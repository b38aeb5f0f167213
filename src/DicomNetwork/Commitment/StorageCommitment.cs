namespace Gateway.DicomNetwork;

/// <summary>The well-known names and numbers of the Storage Commitment Push Model (PS3.4 §J.3).</summary>
internal static class StorageCommitment
{
    public const string SopClassUid = "1.2.840.10008.1.20.1";
    public const string SopInstanceUid = "1.2.840.10008.1.20.1.1";

    /// <summary>Action type: Request Storage Commitment.</summary>
    public const ushort Request = 1;

    /// <summary>Event type: Storage Commitment Request Successful.</summary>
    public const ushort Successful = 1;

    /// <summary>Event type: Storage Commitment Request Complete - Failures Exist.</summary>
    public const ushort FailuresExist = 2;

    public static CommandSet ActionRequest(ushort messageId) => new()
    {
        Field = CommandField.ActionRequest,
        MessageId = messageId,
        RequestedSopClassUid = SopClassUid,
        RequestedSopInstanceUid = SopInstanceUid,
        ActionTypeId = Request,
        HasDataSet = true,
    };

    public static CommandSet EventReport(ushort messageId, CommitmentResult result) => new()
    {
        Field = CommandField.EventReportRequest,
        MessageId = messageId,
        AffectedSopClassUid = SopClassUid,
        AffectedSopInstanceUid = SopInstanceUid,
        EventTypeId = result.Failed.Count == 0 ? Successful : FailuresExist,
        HasDataSet = true,
    };
}
