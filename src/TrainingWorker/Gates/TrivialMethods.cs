using Gateway.Contracts.Trials;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>What a model has to beat: the constant mean picture, the copy of the input, and the best monotone map of greys, all scored on
/// the slices that the models are.</summary>
internal sealed class TrivialMethods
{
    private readonly List<(string Name, double Error, double Likeness)> _methods = [];

    /// <param name="set">With truths.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="scoring">Of its target.</param>
    public TrivialMethods(HeldOutSet set, Direction direction, SliceScoring scoring)
    {
        var slices = set.Sides[direction.From].Slices;
        var map = GreyMap.Fit([.. slices.Select(slice => (slice.Source, slice.Truth!, Mask.Where(slice.Source, grey => grey > -1)))]);
        Add("constant mean picture", _ => set.Sides[direction.To].Mean);
        Add("copy of the input", source => source);
        Add("best monotone grey map", source => Mask.Where(source, grey => grey > -1).Apply(map.Of(source), -1));

        void Add(string name, Func<Image, Image> make)
        {
            var scores = slices.Select(slice => scoring.AgainstTruth(slice, make(slice.Source))).ToArray();
            _methods.Add((name, scores.Average(score => score.Mae), scores.Average(score => score.SsimInside)));
        }
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
