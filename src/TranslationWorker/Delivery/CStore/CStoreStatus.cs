using Gateway.DicomNetwork;

namespace Gateway.TranslationWorker;

/// <summary>The classes of C-STORE statuses (PS3.4 B.2.3) as verdicts.</summary>
public static class CStoreStatus
{
    /// <summary>Success or a warning (Bxxx): the peer has the instance. What is said of the peer and not of the instance is again later:
    /// out of resources (A7xx, 0213), an error of its own (0110), no right for us (0124). A refusal of the instance itself (A9xx, Cxxx,
    /// other 01xx) is final, and so is an instance that could not be sent (no status).</summary>
    public static DeliveryOutcome OutcomeOf(ushort? status) => status switch
    {
        { } stored when DimseStatus.IsStored(stored) => DeliveryOutcome.Delivered,
        DimseStatus.ResourceLimitation or DimseStatus.ProcessingFailure or DimseStatus.NotAuthorized => DeliveryOutcome.AgainLater,
        { } full when DimseStatus.IsTransient(full) => DeliveryOutcome.AgainLater,
        _ => DeliveryOutcome.Refused,
    };
}
