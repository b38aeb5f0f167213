namespace Gateway.TranslationWorker;

/// <summary>What became of an instance that was sent.</summary>
public enum DeliveryOutcome
{
    /// <summary>The destination has it.</summary>
    Delivered,

    /// <summary>It was not taken now; the same bytes may be taken later.</summary>
    AgainLater,

    /// <summary>These bytes will never be taken.</summary>
    Refused,
}
