namespace Gateway.DicomNetwork;

/// <summary>Why an association is refused: result, source and reason of A-ASSOCIATE-RJ (PS3.8 Table 9-21).</summary>
/// <param name="Result">1 permanent, 2 transient.</param>
/// <param name="Source">1 service user, 2 service provider (ACSE), 3 service provider (presentation).</param>
/// <param name="Reason">Depends on the source.</param>
public readonly record struct AssociationRejection(byte Result, byte Source, byte Reason)
{
    /// <summary>Not the DICOM application context (PS3.8 Table 9-21).</summary>
    public static AssociationRejection ApplicationContextNotSupported => new(1, 1, 2);

    /// <summary>Not a caller we know (PS3.8 Table 9-21).</summary>
    public static AssociationRejection CallingAeNotRecognized => new(1, 1, 3);

    /// <summary>Not our title (PS3.8 Table 9-21).</summary>
    public static AssociationRejection CalledAeNotRecognized => new(1, 1, 7);

    /// <summary>Not version 1 of the protocol (PS3.8 Table 9-21).</summary>
    public static AssociationRejection ProtocolVersionNotSupported => new(1, 2, 2);

    /// <summary>Full for now (PS3.8 Table 9-21).</summary>
    public static AssociationRejection TemporaryCongestion => new(2, 3, 1);

    /// <summary>No room for now (PS3.8 Table 9-21).</summary>
    public static AssociationRejection LocalLimitExceeded => new(2, 3, 2);

    /// <summary>The reason in the words of PS3.8 Table 9-21.</summary>
    public string Words => (Source, Reason) switch
    {
        (1, 2) => "application context name not supported",
        (1, 3) => "calling AE title not recognised",
        (1, 7) => "called AE title not recognised",
        (2, 2) => "protocol version not supported",
        (3, 1) => "temporary congestion",
        (3, 2) => "local limit exceeded",
        _ => "no reason given",
    };

    public override string ToString() => $"{Result}/{Source}/{Reason}";
}
