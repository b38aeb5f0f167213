using System.ComponentModel.DataAnnotations;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Delivery</c> section: where derived series are sent.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>None by default. Derived series are then only on the page and in the API.</summary>
    [ValidateEnumeratedItems]
    public List<Destination> Destinations { get; init; } = [];

    /// <summary>Tries before a delivery is parked, with pauses of 5 s doubling up to 10 minutes between them.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; init; } = 20;

    /// <exception cref="PermanentFailureException">No destination has the name.</exception>
    public Destination Find(string name) => Destinations.FirstOrDefault(destination => destination.Name == name)
        ?? throw new PermanentFailureException(ReasonCode.UnknownDestination, $"No destination is called '{name}' any more.");
}
