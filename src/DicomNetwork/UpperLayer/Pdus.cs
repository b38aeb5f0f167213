namespace Gateway.DicomNetwork;

/// <summary>A-ASSOCIATE-RQ (PS3.8 §9.3.2).</summary>
internal sealed record AssociateRequestPdu(
    ushort ProtocolVersion,
    string CalledAe,
    string CallingAe,
    string ApplicationContext,
    IReadOnlyList<ProposedContext> Contexts,
    UserInformation User);

/// <summary>A-ASSOCIATE-AC (PS3.8 §9.3.3).</summary>
internal sealed record AssociateAcceptPdu(
    string CalledAe, string CallingAe, IReadOnlyList<NegotiatedContext> Contexts, UserInformation User);

/// <summary>A-ABORT (PS3.8 §9.3.8).</summary>
internal sealed record AbortPdu(byte Source, byte Reason);

/// <summary>A presentation context: an odd id, a SOP class and the encodings proposed for it (PS3.8 §9.3.2.2).</summary>
internal sealed record ProposedContext(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);

/// <summary>The acceptor's answer to one proposed context (PS3.8 §9.3.3.2); only result 0 makes the transfer syntax mean
/// something.</summary>
internal sealed record NegotiatedContext(byte Id, byte Result, string TransferSyntax)
{
    public const byte Accepted = 0;
    public const byte AbstractSyntaxNotSupported = 3;
    public const byte TransferSyntaxesNotSupported = 4;
}

/// <summary>The sub-items of the user information we use (PS3.8 Annex D, PS3.7 Annex D).</summary>
internal sealed record UserInformation
{
    /// <summary>Longest P-DATA-TF the sender of this will take, in bytes; 0 sets no limit.</summary>
    public uint MaxPduLength { get; init; }

    public string ImplementationClassUid { get; init; } = "";
    public string ImplementationVersion { get; init; } = "";

    /// <summary>Operations invoked and performed at once; null when not negotiated, which means 1 and 1.</summary>
    public (ushort Invoked, ushort Performed)? AsynchronousOperations { get; init; }

    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];
}

/// <summary>SCP/SCU Role Selection (PS3.7 §D.3.3.4): the roles the requestor would take, or those the acceptor lets it take.</summary>
internal sealed record RoleSelection(string SopClassUid, bool Scu, bool Scp);
