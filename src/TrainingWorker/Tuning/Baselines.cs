using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>What the trivial methods do on the held-out slices.</summary>
internal static class Baselines
{
    /// <returns>By direction and name, the error of every slice.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Of(TuneData data, CellScoring scoring) =>
        TuneSetting.Directions.ToDictionary(
            direction => direction.Name, direction => (IReadOnlyDictionary<string, double[]>)Errors(data, scoring, direction));

    private static Dictionary<string, double[]> Errors(TuneData data, CellScoring scoring, Direction direction)
    {
        var fits = new TrivialFits(data.Known, direction, data.Window, rule: false);
        var made = data.Tests.AsParallel().AsOrdered().Select(pair => fits.Make(pair.Slice(direction))).ToList();
        return fits.Names.Select((name, i) => (name, i)).ToDictionary(
            method => method.name, method => scoring.Errors(direction, [.. made.Select(pictures => pictures[method.i])]));
    }
}
