using System.Globalization;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Slices;

namespace Gateway.Imaging.Gates;

/// <summary>
/// The gate before inference: is this series like those from which the limits were learned? Each aspect must suit one part of the archive;
/// the score is that of the worst aspect. Reads pixels and geometry, nothing else of the headers.
/// </summary>
public sealed class OutOfDistribution(Reference reference, ArchiveLimits limits)
{
    private readonly GateMeter _meter = new(reference);

    /// <param name="prepared">Chosen out of a volume.</param>
    /// <exception cref="ArgumentException">The slice was not chosen out of a volume.</exception>
    public GateVerdict Check(PreparedSlice prepared) => prepared.Choice is not null
        ? Judge(_meter.Measure(prepared), limits)
        : throw new ArgumentException("Only a slice chosen out of a volume is judged.", nameof(prepared));

    /// <summary>The verdict on figures measured before.</summary>
    public static GateVerdict Judge(GateFeatures features, ArchiveLimits limits)
    {
        var found = (from aspect in Aspect.All
                     let exceedances = Exceedances(aspect, features, limits).ToArray()
                     where exceedances.Length > 0
                     select (Aspect: aspect, Least: exceedances.Min())).ToArray();
        return new(
            found.Max(f => f.Least),
            found.ToDictionary(f => f.Aspect.Code.Name, f => f.Least),
            [.. from f in found where f.Least > 1 orderby f.Least descending select Because(f.Aspect, f.Least)]);
    }

    private static IEnumerable<double> Exceedances(Aspect aspect, GateFeatures features, ArchiveLimits limits) =>
        from part in limits.Parts
        where part.Limits.ContainsKey(aspect.Code.Name)
        let figure = aspect.Figure(features, part.Appearance)
        where figure is not null
        select part.Limits[aspect.Code.Name].Exceedance(figure.Value);

    private static Reason Because(Aspect aspect, double exceedance) =>
        aspect.Code.Because(string.Create(CultureInfo.InvariantCulture, $"{aspect.Text} {exceedance:F2} times the archive's limit."));
}
