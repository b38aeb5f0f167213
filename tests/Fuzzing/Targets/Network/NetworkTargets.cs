namespace Gateway.Fuzzing.Targets;

/// <summary>Everything that reads what comes over the network.</summary>
public static class NetworkTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new PduTarget(),
        new UserInformationTarget(),
        new CommandTarget(),
        new AssociationTarget(),
        new HeaderTarget("header-implicit", DicomTransferSyntax.ImplicitVRLittleEndian),
        new HeaderTarget("header-explicit", DicomTransferSyntax.ExplicitVRLittleEndian),
        new HeaderTarget("header-big-endian", DicomTransferSyntax.ExplicitVRBigEndian),
        new HeaderTarget("header-deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian),
    ];
}
