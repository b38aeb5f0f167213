using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Delivery</c> section: where derived series are sent.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>None by default. Derived series are then only on the page and in the API.</summary>
    [ValidateEnumeratedItems]
    public List<Destination> Destinations { get; init; } = [];
}
