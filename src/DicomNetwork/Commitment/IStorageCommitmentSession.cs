namespace Gateway.DicomNetwork;

/// <summary>An association that takes part in the Storage Commitment Push Model (PS3.4 Annex J), in both roles. A session that is not one
/// refuses the SOP class in negotiation.</summary>
/// <remarks>An exception is answered with 0110 (processing failure); the association goes on.</remarks>
public interface IStorageCommitmentSession : IStoreSession
{
    /// <summary>N-ACTION, we are the SCP: the peer asks us to keep instances safe (PS3.4 §J.3.2).</summary>
    ValueTask<CommitmentReply> ReceiveRequestAsync(CommitmentRequest request, CancellationToken cancel);

    /// <summary>The peer has answered the report that <see cref="CommitmentReply.Report"/> sent on this association
    /// (PS3.4 §J.3.3).</summary>
    /// <param name="status">Of its N-EVENT-REPORT-RSP.</param>
    ValueTask ReportedAsync(CommitmentResult report, ushort status);

    /// <summary>N-EVENT-REPORT, we are the SCU: the peer says what it keeps safe of what we asked (PS3.4 §J.3.3).</summary>
    /// <returns>Status of the N-EVENT-REPORT-RSP.</returns>
    ValueTask<ushort> ReceiveReportAsync(CommitmentResult report, CancellationToken cancel);
}
