namespace Gateway.DicomNetwork;

/// <summary>Why the service provider aborts (PS3.8 Table 9-26, source 2).</summary>
public enum AbortReason : byte
{
    /// <summary>No reason given (PS3.8 Table 9-26).</summary>
    NotSpecified = 0,

    /// <summary>A PDU of unknown type (PS3.8 Table 9-26).</summary>
    UnrecognizedPdu = 1,

    /// <summary>A PDU that may not come now (PS3.8 Table 9-26).</summary>
    UnexpectedPdu = 2,

    /// <summary>An unknown parameter (PS3.8 Table 9-26).</summary>
    UnrecognizedPduParameter = 4,

    /// <summary>A parameter that may not come now (PS3.8 Table 9-26).</summary>
    UnexpectedPduParameter = 5,

    /// <summary>A value that cannot be (PS3.8 Table 9-26).</summary>
    InvalidPduParameterValue = 6,
}
