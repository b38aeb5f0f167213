using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Delivery</c> section: where derived series are sent.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>None by default: derived series then stay here, on the page and in the API.</summary>
    public List<Destination> Destinations { get; init; } = [];

    /// <summary>Tries before a delivery is parked, with pauses of 5 s doubling up to 10 minutes between them.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; init; } = 20;
}
