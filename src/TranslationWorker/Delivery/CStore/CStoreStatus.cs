using Gateway.DicomNetwork;

namespace Gateway.TranslationWorker;

/// <summary>The classes of C-STORE statuses (PS3.4 B.2.3) as verdicts.</summary>
public static class CStoreStatus
{
    /// <summary>Success or a warning (Bxxx): the peer has it. Out of resources (A7xx, 0213) may pass. Refused for what it is (A9xx, Cxxx, 01xx)
    /// it will be refused again, and what could not be sent (no status) will not be sendable later.</summary>
    public static DeliveryOutcome OutcomeOf(ushort? status) => status switch
    {
        { } stored when DimseStatus.IsStored(stored) => DeliveryOutcome.Delivered,
        DimseStatus.ResourceLimitation => DeliveryOutcome.AgainLater,
        { } full when DimseStatus.IsTransient(full) => DeliveryOutcome.AgainLater,
        _ => DeliveryOutcome.Refused,
    };
}
