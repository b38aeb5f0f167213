using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>Has a pair of generators translate every slice of a trial.</summary>
internal sealed class TrialScoring(
    TrialRequest request, IReadOnlyList<HeldOutSet> sets, IProgress<string>? progress, CancellationToken cancel)
{
    /// <summary>Enough to tell which way a generator translates.</summary>
    private const int ReversedSlices = 8;

    private readonly TrialOptions _options = request.Options;

    /// <param name="who">For the progress.</param>
    /// <param name="pair">Both directions.</param>
    /// <returns>By set and direction.</returns>
    public IReadOnlyDictionary<(HeldOutSet Set, Direction Direction), WayScores> Score(
        string who, IReadOnlyDictionary<Direction, TrialGenerator> pair)
    {
        var found = new Dictionary<(HeldOutSet, Direction), WayScores>();
        foreach (var set in sets)
            foreach (var direction in pair.Keys.Where(direction => set.Sides[direction.From].Slices.Count > 0))
            {
                progress?.Report($"{who}, {direction}, {set.Name}");
                found.Add((set, direction), Score(set, direction, pair));
            }
        return found;
    }

    private WayScores Score(HeldOutSet set, Direction direction, IReadOnlyDictionary<Direction, TrialGenerator> pair)
    {
        var slices = set.Sides[direction.From].Slices;
        var way = RoundTrip.Of(direction.Name, pair[direction].Make, pair[direction.Reverse].Make);
        var scores = new SliceScoring(request.Modalities[direction.To], set.Window, _options.Threads)
            .Score(way, slices, _options.Cycles, cancel);
        // Slices with a truth are there in plenty and without lesions of their own; others stand in where there are none.
        var lesions = set == sets[0] ? Lesions(set, direction, scores, way) : [];
        return new(scores, lesions, slices[0].Truth is null ? null : Reversed(slices, way));
    }

    private List<Lesion> Lesions(HeldOutSet set, Direction direction, IReadOnlyList<SliceScores> scores, RoundTrip way)
    {
        var sign = LesionInsertion.SignOf(scores.Select(slice => (slice.Source, slice.Truth ?? slice.Made)));
        var insertion = new LesionInsertion(request.Modalities[direction.From], set.Window, sign, _options.Seed);
        var slices = set.Sides[direction.From].Slices;
        var found = new IReadOnlyList<Lesion>[slices.Count];
        Parallel.For(
            0, slices.Count, Parallelism(),
            i => found[i] = insertion.Try(slices[i], scores[i].Made, picture => way.There(picture, slices[i].LevelMm).Picture, i));
        return [.. found.SelectMany(lesions => lesions)];
    }

    private double Reversed(IReadOnlyList<HeldOutSlice> slices, RoundTrip way)
    {
        var errors = new double[Math.Min(ReversedSlices, slices.Count)];
        Parallel.For(
            0, errors.Length, Parallelism(),
            i => errors[i] = ImageMetrics.Mae(way.There(slices[i].Truth!, slices[i].LevelMm).Picture, slices[i].Source) / 2);
        return errors.Average();
    }

    private ParallelOptions Parallelism() => new() { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancel };
}
