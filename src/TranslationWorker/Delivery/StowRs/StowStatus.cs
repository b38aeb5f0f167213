namespace Gateway.TranslationWorker;

/// <summary>Failure Reason (0008,1197) of a store answer (PS3.18 Table I.2-2) as verdicts: the classes are those of C-STORE.</summary>
internal static class StowStatus
{
    /// <summary>PS3.7 Annex C: the UID is in use. A derived UID names the same bytes for ever: the peer has them.</summary>
    private const int DuplicateSopInstance = 0x0111;

    public static DeliveryOutcome OutcomeOf(int reason) => reason switch
    {
        DuplicateSopInstance => DeliveryOutcome.Delivered,
        >= 0xB000 and <= 0xBFFF => DeliveryOutcome.Delivered,    // a warning, wherever it stands: it is there
        0 => DeliveryOutcome.AgainLater,    // a failure that claims success says nothing
        _ => CStoreStatus.OutcomeOf((ushort)reason),
    };
}
