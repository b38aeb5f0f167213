using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>The slices of a set on which nothing may be lost or invented: those without findings that show much of the brain.</summary>
internal sealed class CleanSlices
{
    /// <summary>Below the base and near the vertex there is no place away from bone.</summary>
    private const int LeastBrain = 8000;

    private readonly EvaluationOptions _options;
    private readonly int[] _clean;

    /// <param name="slices">Of the set; where nothing is known of findings, all stand in.</param>
    /// <param name="options">How many lesions.</param>
    public CleanSlices(IReadOnlyList<HeldOutSlice> slices, EvaluationOptions options)
    {
        _options = options;
        _clean = [.. Enumerable.Range(0, slices.Count)
            .Where(i => slices[i].Pair is null or { IsClean: true, Brain.Area: >= LeastBrain })];
    }

    /// <summary>Puts lesions into them and looks for them in the translation.</summary>
    public IEnumerable<InsertionRow> Insert(
        RoundTrip way, IReadOnlyList<SliceScores> scores, ModalityProfile source, GreyRange window, CancellationToken cancel)
    {
        if (_clean.Length == 0 || _options.Insertions == 0)
            return [];
        var sign = LesionInsertion.SignOf(_clean.Select(i => (scores[i].Source, scores[i].Truth ?? scores[i].Made)));
        var insertion = new LesionInsertion(source, window, sign, _options.Seed);
        var found = new IReadOnlyList<Lesion>[_options.Insertions];
        Parallel.For(0, found.Length, new() { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancel }, i =>
        {
            var at = scores[_clean[i % _clean.Length]];
            found[i] = insertion.Try(at.Slice, at.Made, picture => way.There(picture, at.Slice.LevelMm).Picture, i);
        });
        return found.SelectMany(lesions => lesions).GroupBy(lesion => lesion.Bright).OrderByDescending(kind => kind.Key)
            .Select(kind => Row(way.Name, kind.Key ? "bright" : "dark", [.. kind]));
    }

    /// <summary>Spots a slice that one paints and the other does not; null where the truth is not known.</summary>
    public double? NewBlobs(IReadOnlyList<SliceScores> scores, IReadOnlyList<SliceScores> other)
    {
        if (_clean.Length == 0 || scores[_clean[0]].Truth is null)
            return null;
        var spots = new NewBlobs([.. _clean.Select(i => other[i])]);
        return _clean.AsParallel().WithDegreeOfParallelism(_options.Threads).Average(i => spots.Count(scores[i], other[i]));
    }

    private static InsertionRow Row(string method, string kind, List<Lesion> lesions) => new()
    {
        Method = method,
        Kind = kind,
        Lesions = lesions.Count,
        RightSign = lesions.Average(lesion => lesion.Recovery > 0 ? 1.0 : 0),
        Recovery = lesions.Select(lesion => lesion.Recovery).Order().ElementAt(lesions.Count / 2),
        Kept = lesions.Average(lesion => lesion.Recovery >= Lesion.Half ? 1.0 : 0),
    };
}
