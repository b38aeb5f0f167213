using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Which results go where.</summary>
public static class DeliveryRules
{
    /// <summary>The destinations that a derived series goes to.</summary>
    public static async Task<List<Destination>> DestinationsAsync(
        this DeliveryOptions options, GatewayDbContext db, Series derived, CancellationToken cancel)
    {
        if (options.Destinations.TrueForAll(destination => destination.Takes.Count == 0))
            return options.Destinations;
        var facts = await DeliveryFacts.ReadAsync(db, derived, cancel);
        return options.Destinations.FindAll(destination => destination.IsFor(facts));
    }

    /// <returns>Those of some derived series that go nowhere.</returns>
    public static async Task<IReadOnlySet<Guid>> StayingAsync(
        this DeliveryOptions options, GatewayDbContext db, IEnumerable<Series> derived, CancellationToken cancel)
    {
        var staying = new HashSet<Guid>();
        foreach (var series in derived)
            if ((await options.DestinationsAsync(db, series, cancel)).Count == 0)
                staying.Add(series.Id);
        return staying;
    }

    /// <summary>Whether rules speak of directions and modalities that there are: by one that there is not nothing would ever go.</summary>
    internal static bool AreOf(this DeliveryOptions options, ModalityTable? modalities)
    {
        if (modalities is null)
            return true;
        var (directions, results) = (
            modalities.Directions.Select(direction => $"{direction}").ToHashSet(),
            modalities.Profiles.Select(profile => profile.DicomModality).ToHashSet());
        return options.Destinations.SelectMany(destination => destination.Takes).All(rule =>
            (rule.Direction is null || directions.Contains(rule.Direction)) && (rule.Modality is null || results.Contains(rule.Modality)));
    }
}
