using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Gateway.Persistence;

/// <summary>So that a figure added to the dictionary is seen as a change of the series.</summary>
internal sealed class MeasuresComparer() : ValueComparer<Dictionary<string, double>>(
    (left, right) => left == right || (left != null && right != null && Same(left, right)),
    measures => measures.Count,
    measures => new Dictionary<string, double>(measures))
{
    private static bool Same(Dictionary<string, double> left, Dictionary<string, double> right) =>
        left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var value) && value.Equals(pair.Value));
}
