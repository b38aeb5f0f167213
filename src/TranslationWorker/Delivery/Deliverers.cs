using Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The configured destinations, each with the deliverer that speaks its protocol.</summary>
public sealed class Deliverers(IOptions<DeliveryOptions> options, IEnumerable<IDeliverer> deliverers)
{
    /// <exception cref="PermanentFailureException">No destination has the name.</exception>
    public (Destination Destination, IDeliverer Deliverer) Find(string name)
    {
        var destination = options.Value.Find(name);
        return (destination, deliverers.First(deliverer => Speaks(deliverer, destination)));
    }

    /// <summary>Whether who called by this AE title is the destination of that name.</summary>
    public bool IsCaller(string name, string callingAe) => options.Value.Destinations.Exists(destination =>
        destination.Name == name && deliverers.Any(one => Speaks(one, destination) && one.IsCaller(destination, callingAe)));

    internal static bool Speaks(IDeliverer deliverer, Destination destination) =>
        deliverer.Protocol.Equals(destination.Protocol, StringComparison.OrdinalIgnoreCase);
}
