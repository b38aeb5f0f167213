namespace Gateway.DicomNetwork;

/// <summary>The peer answered A-ASSOCIATE-RJ.</summary>
public sealed class AssociationRejectedException(AssociationRejection rejection)
    : DicomNetworkException($"The association was rejected (result/source/reason {rejection}).")
{
    public AssociationRejection Rejection { get; } = rejection;

    public override bool IsTransient => Rejection.Result == 2;
}
