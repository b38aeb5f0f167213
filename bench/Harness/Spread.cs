namespace Gateway.Harness;

/// <summary>How a figure spread over the studies.</summary>
public readonly record struct Spread(double Min, double Median, double Max)
{
    /// <param name="values">At least one.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new(sorted[0], (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[^1]);
    }

    /// <summary>Three cells of a table row.</summary>
    public string Cells() => $"{Min:0.000} | {Median:0.000} | {Max:0.000}";
}
