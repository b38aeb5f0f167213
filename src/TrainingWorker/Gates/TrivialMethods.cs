using Gateway.Contracts.Trials;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>What a model has to beat: the trivial methods of <c>gateway evaluate</c>, scored on the slices that the models are.</summary>
internal sealed class TrivialMethods
{
    private readonly IReadOnlyList<(string Name, double Error, double Likeness)> _methods;

    /// <param name="set">With truths, of two subjects and more.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="scoring">Of its target.</param>
    public TrivialMethods(HeldOutSet set, Direction direction, SliceScoring scoring)
    {
        var slices = set.Sides[direction.From].Slices;
        var fits = new TrivialFits(slices.Select(slice => slice.Pair!), direction, set.Window);
        var scores = slices.Select(slice => fits.Make(slice).Select(image => scoring.AgainstTruth(slice, new(image))).ToArray()).ToArray();
        _methods = [.. fits.Names.Select(
            (name, at) => (name, scores.Average(slice => slice[at].Mae), scores.Average(slice => slice[at].SsimInside)))];
    }

    /// <summary>The one of least error.</summary>
    public string Best => _methods.MinBy(method => method.Error).Name;

    public IEnumerable<TrialMethod> Figures(string set) => _methods.Select(method =>
        new TrialMethod(set, method.Name, new Dictionary<string, double> { ["error"] = method.Error, ["likeness"] = method.Likeness }));

    /// <summary>The worse of error and unlikeness, each relative to that of the best trivial method; below 1 the model beats them all in
    /// both.</summary>
    public double Relative(IReadOnlyList<SliceScores> scores) => Math.Max(
        scores.Average(score => score.Paired!.Mae) / _methods.Min(method => method.Error),
        (1 - scores.Average(score => score.Paired!.SsimInside)) / (1 - _methods.Max(method => method.Likeness)));
}
