using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>Which slices of a set are worth looking at.</summary>
internal static class ShownSlices
{
    /// <summary>Evenly from the feet to the head, and from one subject to the next where levels are not known.</summary>
    public static IReadOnlyList<int> Spread(IReadOnlyList<HeldOutSlice> slices, int most)
    {
        int[] ordered = [.. Enumerable.Range(0, slices.Count).OrderBy(i => slices[i].LevelMm).ThenBy(i => i)];
        var shown = Math.Min(most, ordered.Length);
        return [.. Enumerable.Range(0, shown).Select(row => ordered[(2 * row + 1) * ordered.Length / (2 * shown)])];
    }

    /// <summary>The largest finding of each kind.</summary>
    public static IReadOnlyList<int> Findings(IReadOnlyList<HeldOutSlice> slices)
    {
        var largest = from i in Enumerable.Range(0, slices.Count)
                      from region in slices[i].Pair?.Regions ?? []
                      group (Slice: i, region.Inside.Length) by region.Kind into kind
                      orderby kind.Key
                      select kind.MaxBy(finding => finding.Length).Slice;
        return [.. largest.Distinct()];
    }
}
