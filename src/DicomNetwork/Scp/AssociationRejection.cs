namespace Gateway.DicomNetwork;

/// <summary>Why an association is refused: result, source and reason of A-ASSOCIATE-RJ (PS3.8 Table 9-21).</summary>
/// <param name="Result">1 permanent, 2 transient.</param>
/// <param name="Source">1 service user, 2 service provider (ACSE), 3 service provider (presentation).</param>
/// <param name="Reason">Depends on the source.</param>
public readonly record struct AssociationRejection(byte Result, byte Source, byte Reason)
{
    public static AssociationRejection ApplicationContextNotSupported => new(1, 1, 2);

    public static AssociationRejection CallingAeNotRecognized => new(1, 1, 3);

    public static AssociationRejection CalledAeNotRecognized => new(1, 1, 7);

    public static AssociationRejection ProtocolVersionNotSupported => new(1, 2, 2);

    public static AssociationRejection TemporaryCongestion => new(2, 3, 1);

    public static AssociationRejection LocalLimitExceeded => new(2, 3, 2);

    public override string ToString() => $"{Result}/{Source}/{Reason}";
}
