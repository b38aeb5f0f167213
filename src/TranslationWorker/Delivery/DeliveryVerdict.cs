namespace Gateway.TranslationWorker;

/// <summary>What became of one instance that was sent.</summary>
/// <param name="Code">The destination's answer in the protocol's own numbers (C-STORE: the status, which people are shown in hex);
/// null where it gave none.</param>
/// <param name="Text">The destination's own words, or why the instance was not sent.</param>
public sealed record DeliveryVerdict(OutgoingInstance Instance, DeliveryOutcome Outcome, int? Code = null, string? Text = null)
{
    /// <summary>What of ours was away, so that the instance was not sent; null where that is no reason.</summary>
    public string? Away { get; init; }
}
