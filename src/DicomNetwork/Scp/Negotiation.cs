namespace Gateway.DicomNetwork;

/// <summary>The acceptor's side of association negotiation (PS3.7 §D.3): what the session is an SCP of, in the first encoding proposed that
/// we know.</summary>
internal sealed class Negotiation(AssociateRequestPdu request, IStoreSession session)
{
    public IReadOnlyList<NegotiatedContext> Contexts { get; } =
        [.. request.Contexts.Select(proposed => Answer(proposed, session is IStorageCommitmentSession))];

    /// <summary>The answer to the whole request.</summary>
    public AssociateAcceptPdu Accept(uint maxPduLength) => new(request.CalledAe, request.CallingAe, Contexts, new()
    {
        MaxPduLength = maxPduLength,
        ImplementationClassUid = Implementation.ClassUid,
        ImplementationVersion = Implementation.VersionName,
        AsynchronousOperations = request.User.AsynchronousOperations is null ? null : (1, 1),
        Roles = [.. request.User.Roles.Where(IsAccepted).Select(Answer)],
    });

    private static NegotiatedContext Answer(ProposedContext proposed, bool commitment)
    {
        if (!SopClasses.IsSupported(proposed.AbstractSyntax) && !(commitment && proposed.AbstractSyntax == StorageCommitment.SopClassUid))
            return Refuse(proposed, NegotiatedContext.AbstractSyntaxNotSupported);
        return proposed.TransferSyntaxes.FirstOrDefault(syntax => IsUsable(proposed, syntax)) is { } known
            ? new(proposed.Id, NegotiatedContext.Accepted, known)
            : Refuse(proposed, NegotiatedContext.TransferSyntaxesNotSupported);
    }

    /// <summary>Storage takes any encoding, as it comes; what we read and answer ourselves takes the two plain ones.</summary>
    private static bool IsUsable(ProposedContext proposed, string syntax) => proposed.AbstractSyntax == StorageCommitment.SopClassUid
        ? syntax is TransferSyntaxes.ImplicitLittleEndian or TransferSyntaxes.ExplicitLittleEndian
        : TransferSyntaxes.IsKnown(syntax);

    /// <summary>A refused context carries a transfer syntax too, but it has no meaning.</summary>
    private static NegotiatedContext Refuse(ProposedContext proposed, byte result) =>
        new(proposed.Id, result, TransferSyntaxes.ImplicitLittleEndian);

    private bool IsAccepted(RoleSelection role) => request.Contexts.Zip(Contexts)
        .Any(both => both.First.AbstractSyntax == role.SopClassUid && both.Second.Result == NegotiatedContext.Accepted);

    /// <summary>A peer may be the SCU of all we accept, and the SCP of storage commitment, to report to us.</summary>
    private static RoleSelection Answer(RoleSelection proposed) =>
        proposed with { Scp = proposed.Scp && proposed.SopClassUid == StorageCommitment.SopClassUid };
}
