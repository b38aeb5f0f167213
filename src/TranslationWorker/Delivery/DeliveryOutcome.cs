namespace Gateway.TranslationWorker;

/// <summary>What became of an instance that was sent.</summary>
public enum DeliveryOutcome
{
    /// <summary>The destination has it.</summary>
    Delivered,

    /// <summary>Not now; the same bytes may fare better later.</summary>
    AgainLater,

    /// <summary>Not these bytes, not ever.</summary>
    Refused,
}
