using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The configured destinations, each with the deliverer that speaks its protocol.</summary>
public sealed class Deliverers(IOptions<DeliveryOptions> options, IEnumerable<IDeliverer> deliverers)
{
    /// <returns>Null: no destination has the name, or not any more.</returns>
    public (Destination Destination, IDeliverer Deliverer)? Find(string name) =>
        options.Value.Destinations.Find(destination => destination.Name == name) is { } found
            ? (found, deliverers.First(deliverer => Speaks(deliverer, found)))
            : null;

    /// <summary>Whether who called by this AE title is the destination of that name.</summary>
    public bool IsCaller(string name, string callingAe) => options.Value.Destinations.Exists(destination =>
        destination.Name == name && deliverers.Any(one => Speaks(one, destination) && one.IsCaller(destination, callingAe)));

    internal static bool Speaks(IDeliverer deliverer, Destination destination) =>
        deliverer.Protocol.Equals(destination.Protocol, StringComparison.OrdinalIgnoreCase);
}
