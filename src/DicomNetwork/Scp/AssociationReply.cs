namespace Gateway.DicomNetwork;

/// <summary>The application's answer to an <see cref="AssociationRequest"/>: a session, or a reason why not (PS3.8 §7.1.2).</summary>
public sealed class AssociationReply
{
    private AssociationReply(IStoreSession? session, AssociationRejection rejection) => (Session, Rejection) = (session, rejection);

    /// <summary>Null: rejected (PS3.8 §7.1.2).</summary>
    public IStoreSession? Session { get; }

    /// <summary>Why not, where it is rejected (PS3.8 §9.3.4).</summary>
    public AssociationRejection Rejection { get; }

    /// <summary>A-ASSOCIATE-AC (PS3.8 §9.3.3).</summary>
    public static AssociationReply Accept(IStoreSession session) => new(session, default);

    /// <summary>A-ASSOCIATE-RJ (PS3.8 §9.3.4).</summary>
    public static AssociationReply Reject(AssociationRejection rejection) => new(null, rejection);
}
