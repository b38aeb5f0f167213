namespace Gateway.DicomNetwork;

/// <summary>Status (0000,0900) values we send or tell apart (PS3.7 Annex C, PS3.4 §B.2.3).</summary>
public static class DimseStatus
{
    /// <summary>Done (PS3.7 Annex C).</summary>
    public const ushort Success = 0x0000;

    /// <summary>Warning: coercion of data elements (PS3.4 §B.2.3).</summary>
    public const ushort CoercionOfDataElements = 0xB000;

    /// <summary>Warning: elements discarded (PS3.4 §B.2.3).</summary>
    public const ushort ElementsDiscarded = 0xB006;

    /// <summary>Warning: data set does not match SOP class (PS3.4 §B.2.3).</summary>
    public const ushort DataSetDoesNotMatchSopClassWarning = 0xB007;

    /// <summary>The operation failed on our side (PS3.7 Annex C).</summary>
    public const ushort ProcessingFailure = 0x0110;

    /// <summary>Not the SOP instance that this operation is for (PS3.7 Annex C).</summary>
    public const ushort NoSuchSopInstance = 0x0112;

    /// <summary>Of an N-EVENT-REPORT-RQ (PS3.7 Annex C).</summary>
    public const ushort NoSuchEventType = 0x0113;

    /// <summary>An argument of the operation is invalid (PS3.7 Annex C).</summary>
    public const ushort InvalidArgumentValue = 0x0115;

    /// <summary>Of an N-ACTION-RQ (PS3.7 Annex C).</summary>
    public const ushort NoSuchActionType = 0x0123;

    /// <summary>Refused: not a SOP class of this presentation context (PS3.7 Annex C).</summary>
    public const ushort SopClassNotSupported = 0x0122;

    /// <summary>Refused: the peer does not let us (PS3.7 Annex C).</summary>
    public const ushort NotAuthorized = 0x0124;

    /// <summary>Refused: an operation we do not perform (PS3.7 Annex C).</summary>
    public const ushort UnrecognizedOperation = 0x0211;

    /// <summary>Refused: too much is asked at once (PS3.7 Annex C).</summary>
    public const ushort ResourceLimitation = 0x0213;

    /// <summary>Refused: out of resources. The sender may try again later (PS3.4 §B.2.3).</summary>
    public const ushort OutOfResources = 0xA700;

    /// <summary>Error: the data set is not of the SOP class announced (PS3.4 §B.2.3).</summary>
    public const ushort DataSetDoesNotMatchSopClass = 0xA900;

    /// <summary>Error: the data set cannot be parsed (PS3.4 §B.2.3).</summary>
    public const ushort CannotUnderstand = 0xC000;

    /// <summary>Of a C-FIND-RSP: a match, and more may come; FF01 where optional keys were not looked at (PS3.4 Table C.4-1).</summary>
    public static bool IsPending(ushort status) => status is 0xFF00 or 0xFF01;

    /// <summary>Success or one of the storage warnings: the peer keeps the instance (PS3.4 §B.2.3).</summary>
    public static bool IsStored(ushort status) =>
        status is Success or CoercionOfDataElements or ElementsDiscarded or DataSetDoesNotMatchSopClassWarning;

    /// <summary>The same request may succeed later (PS3.4 Table B.2-1: A7xx).</summary>
    public static bool IsTransient(ushort status) => (status & 0xFF00) == OutOfResources;
}
