namespace Gateway.DicomNetwork;

/// <summary>The application's answer to an <see cref="AssociationRequest"/>: a session, or a reason why not.</summary>
public sealed class AssociationReply
{
    private AssociationReply(IStoreSession? session, AssociationRejection rejection) => (Session, Rejection) = (session, rejection);

    /// <summary>Null: rejected.</summary>
    public IStoreSession? Session { get; }

    public AssociationRejection Rejection { get; }

    public static AssociationReply Accept(IStoreSession session) => new(session, default);

    public static AssociationReply Reject(AssociationRejection rejection) => new(null, rejection);
}
