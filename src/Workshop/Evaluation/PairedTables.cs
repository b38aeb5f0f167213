using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>Methods beside the truth and beside each other, level by level.</summary>
/// <param name="slices">Of the set.</param>
/// <param name="options">Of the bootstraps.</param>
internal sealed class PairedTables(IReadOnlyList<HeldOutSlice> slices, EvaluationOptions options)
{
    private readonly IReadOnlyList<LevelBand> _bands = LevelBand.Of(slices);

    public IEnumerable<PairedRow> Rows(IReadOnlyList<MethodScores> methods) =>
        from band in _bands
        from method in methods
        select new PairedRow
        {
            Level = band.Name,
            Method = method.Name,
            Slices = band.Slices.Length,
            Subjects = band.Slices.Select(i => slices[i].Subject).Distinct().Count(),
            Means = (from figure in Figure.All
                     let values = Values(band, i => figure.Of(method.Paired[i]))
                     where values.Count > 0
                     select (figure.Name, values.Average(at => at.Value))).ToDictionary(),
        };

    /// <summary>Each model less each method after it.</summary>
    /// <param name="models">So many of the methods, from the first, are models.</param>
    /// <param name="methods">Models, then the trivial ones.</param>
    public IEnumerable<DifferenceRow> Differences(int models, IReadOnlyList<MethodScores> methods) =>
        from band in _bands
        from model in Enumerable.Range(0, models)
        from other in methods.Skip(model + 1)
        select new DifferenceRow
        {
            Level = band.Name,
            Model = methods[model].Name,
            Less = other.Name,
            Subjects = band.Slices.Select(i => slices[i].Subject).Distinct().Count(),
            Differences = (from figure in Figure.Compared
                           let values = Values(band, i => figure.Of(methods[model].Paired[i]) - figure.Of(other.Paired[i]))
                           where values.Count > 0
                           select (figure.Name, Estimated(values))).ToDictionary(),
        };

    private static List<(int Slice, double Value)> Values(LevelBand band, Func<int, double?> of) =>
        [.. band.Slices.Select(i => (i, of(i))).Where(at => at.Item2 is { } value && double.IsFinite(value))
            .Select(at => (at.i, at.Item2!.Value))];

    private Estimate Estimated(List<(int Slice, double Value)> values)
    {
        double[] only = [.. values.Select(at => at.Value)];
        var (low, high) = new Bootstrap([.. values.Select(at => slices[at.Slice].Subject)], options.Draws, options.Seed).OfMean(only);
        return new(only.Average(), low, high);
    }
}
