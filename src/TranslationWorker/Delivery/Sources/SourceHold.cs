namespace Gateway.TranslationWorker;

/// <summary>Why a result is not sent now.</summary>
/// <param name="Outcome">Of each of its images.</param>
/// <param name="Code">The destination's answer in the protocol's own numbers.</param>
/// <param name="Text">Why.</param>
public sealed record SourceHold(DeliveryOutcome Outcome, int? Code, string Text)
{
    /// <summary>When to ask again, where the destination answered that it has not got the source; null where it did not answer, or where
    /// nothing is waited for any more.</summary>
    public TimeSpan? NextIn { get; init; }
}
