namespace Gateway.DicomNetwork;

/// <summary>The acceptor's side of association negotiation (PS3.7 §D.3): what we are an SCP of, in the first encoding proposed that we
/// know.</summary>
internal static class Negotiation
{
    public static IReadOnlyList<NegotiatedContext> Answer(AssociateRequestPdu request) => [.. request.Contexts.Select(Answer)];

    /// <summary>The answer to a whole request.</summary>
    public static AssociateAcceptPdu Accept(AssociateRequestPdu request, IReadOnlyList<NegotiatedContext> contexts, uint maxPduLength) =>
        new(request.CalledAe, request.CallingAe, contexts, new()
        {
            MaxPduLength = maxPduLength,
            ImplementationClassUid = Implementation.ClassUid,
            ImplementationVersion = Implementation.VersionName,
            AsynchronousOperations = request.User.AsynchronousOperations is null ? null : (1, 1),
        });

    private static NegotiatedContext Answer(ProposedContext proposed)
    {
        if (!SopClasses.IsSupported(proposed.AbstractSyntax))
            return Refuse(proposed, NegotiatedContext.AbstractSyntaxNotSupported);
        return proposed.TransferSyntaxes.FirstOrDefault(TransferSyntaxes.IsKnown) is { } known
            ? new(proposed.Id, NegotiatedContext.Accepted, known)
            : Refuse(proposed, NegotiatedContext.TransferSyntaxesNotSupported);
    }

    /// <summary>A refused context still carries a transfer syntax, which means nothing.</summary>
    private static NegotiatedContext Refuse(ProposedContext proposed, byte result) =>
        new(proposed.Id, result, TransferSyntaxes.ImplicitLittleEndian);
}
