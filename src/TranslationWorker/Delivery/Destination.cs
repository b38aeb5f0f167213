using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>A place that derived series are sent to: the settings that every protocol has. A protocol reads its own settings from the same
/// entry of the configuration.</summary>
public sealed class Destination
{
    [Required]
    public string Name { get; init; } = "";

    /// <summary><see cref="IDeliverer.Protocol"/> of the deliverer that sends to it.</summary>
    [Required]
    public string Protocol { get; init; } = "CStore";

    /// <summary>Series that are sent to it at a time, by each translator.</summary>
    [Range(1, 8)]
    public int Concurrency { get; init; } = 2;

    /// <summary>What it has to have before a result is sent to it. It is asked by the protocol's own query.</summary>
    public SourceFirst SourceFirst { get; init; }

    /// <summary>How long a result waits for that.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "365.00:00:00")]
    public TimeSpan SourceFirstLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What becomes of it then.</summary>
    public SourceMissing SourceFirstThen { get; init; }

    /// <summary>Results that one of these rules is true of are sent to it; without rules all are.</summary>
    [ValidateEnumeratedItems]
    public List<DeliveryRule> Takes { get; init; } = [];

    public bool IsFor(DeliveryFacts result) => Takes.Count == 0 || Takes.Exists(rule => rule.Matches(result));
}
