namespace Gateway.DicomNetwork;

/// <summary>The peer answered A-ASSOCIATE-RJ (PS3.8 §9.3.4).</summary>
public sealed class AssociationRejectedException(AssociationRejection rejection)
    : DicomNetworkException($"The peer rejected the association: {rejection.Words} (result/source/reason {rejection}).")
{
    /// <summary>Result, source and reason (PS3.8 Table 9-21).</summary>
    public AssociationRejection Rejection { get; } = rejection;

    public override bool IsTransient => Rejection.Result == 2;
}
