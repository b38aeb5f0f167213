namespace Gateway.DicomNetwork;

/// <summary>The application behind an SCP: decides who may associate and takes what they send (PS3.8 §7.1).</summary>
public interface IDicomService
{
    /// <summary>Called once for every well-formed A-ASSOCIATE-RQ. An exception refuses the association as temporary congestion
    /// (PS3.8 §7.1).</summary>
    ValueTask<AssociationReply> OpenAsync(AssociationRequest request, CancellationToken cancel);
}
