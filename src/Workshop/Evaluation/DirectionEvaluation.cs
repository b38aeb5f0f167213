using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>Scores models and trivial methods in one direction on one set.</summary>
/// <param name="set">The slices.</param>
/// <param name="direction">One of the set's pair.</param>
/// <param name="modalities">Profiles of both.</param>
/// <param name="options">How much is looked at.</param>
public sealed class DirectionEvaluation(EvaluatedSet set, Direction direction, ModalityTable modalities, EvaluationOptions options)
{
    private readonly (ModalityProfile From, ModalityProfile To) _profiles = (modalities[direction.From], modalities[direction.To]);
    private readonly IReadOnlyList<HeldOutSlice> _slices = set.Slices.Sides[direction.From].Slices;

    /// <summary>Networks whose features sets of pictures are compared by.</summary>
    public IReadOnlyList<PictureFeatures> Features { get; init; } = [];

    private GreyRange Window => set.Slices.Window;

    /// <summary>What every model makes of every slice, there and back.</summary>
    public IReadOnlyList<SliceScores> Translate(RoundTrip model, CancellationToken cancel) =>
        new SliceScoring(_profiles.To, Window, options.Threads).Score(model, _slices, _slices.Count, cancel);

    /// <param name="models">What <see cref="Translate"/> gave of each; the first is compared with those after it.</param>
    /// <param name="cancel">Between two slices.</param>
    public DirectionReport Report(IReadOnlyList<(RoundTrip Way, IReadOnlyList<SliceScores> Scores)> models, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(models);
        var (clean, tables) = (new CleanSlices(_slices, options), new PairedTables(_slices, options));
        var methods = set.Pairs.Count == 0 ? [] : Methods(models, cancel);
        return new()
        {
            Direction = direction.Name,
            Unit = Unit(_profiles.To),
            BackUnit = Unit(_profiles.From),
            Paired = [.. tables.Rows(methods)],
            Differences = methods.Count == 0 ? [] : [.. tables.Differences(models.Count, methods)],
            Findings = [.. new FindingTables(LeastContrast(_profiles.To), LeastContrast(_profiles.From)).Rows(methods)],
            Insertions = [.. models.SelectMany(model => clean.Insert(model.Way, model.Scores, _profiles.From, Window, cancel))],
            Cycles = Cycles(models, clean, cancel),
            Realism = new RealismTables(Features).Rows(
                [.. models.Select(model => (model.Way.Name, model.Scores))], set.Slices.Sides[direction.To].Slices),
        };
    }

    private List<MethodScores> Methods(
        IReadOnlyList<(RoundTrip Way, IReadOnlyList<SliceScores> Scores)> models, CancellationToken cancel)
    {
        var finding = new FindingScoring(_profiles.From, _profiles.To, Window);
        List<MethodScores> methods =
        [
            .. models.Select(model => new MethodScores(
                model.Way.Name, [.. model.Scores.Select(slice => slice.Paired!)],
                [.. model.Scores.SelectMany(slice => finding.Of(slice.Slice, slice.Made, slice.Back))])),
        ];
        var fits = new TrivialFits(set.Fit ?? set.Pairs, direction, Window);
        if (!_slices.All(slice => fits.KnowsOthersThan(slice.Subject)))
            return methods;
        var scoring = new SliceScoring(_profiles.To, Window, options.Threads);
        var found = new (PairedScores Scores, IReadOnlyList<FindingScore> Findings)[_slices.Count][];
        Parallel.For(
            0, found.Length, new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel },
            i => found[i] = [.. fits.Make(_slices[i]).Select(
                image => (scoring.AgainstTruth(_slices[i], new(image)), finding.Of(_slices[i], image, back: null)))]);
        methods.AddRange(fits.Names.Select((name, at) => new MethodScores(
            name, [.. found.Select(slice => slice[at].Scores)], [.. found.SelectMany(slice => slice[at].Findings)])));
        return methods;
    }

    /// <summary>Of models on all slices; of the two methods that show what these scores are worth, on those among which inputs are
    /// looked for.</summary>
    private List<CycleRow> Cycles(
        IReadOnlyList<(RoundTrip Way, IReadOnlyList<SliceScores> Scores)> models, CleanSlices clean, CancellationToken cancel)
    {
        var sought = Sought();
        var (target, source) = (set.Slices.Sides[direction.To].Mean, set.Slices.Sides[direction.From].Mean);
        List<CycleRow> rows = [.. models.Select((model, at) => Cycle(model.Way.Name, model.Scores, sought) with
        {
            NewBlobs = at == 0 && models.Count > 1 ? clean.NewBlobs(model.Scores, models[1].Scores) : null,
        })];
        foreach (var way in (RoundTrip[])[RoundTrip.Mean(target, source), RoundTrip.Copy])
        {
            var scores = new SliceScoring(_profiles.To, Window, options.Threads)
                .Score(way, [.. sought.Select(i => _slices[i])], sought.Length, cancel);
            rows.Add(Cycle(way.Name, scores, [.. Enumerable.Range(0, scores.Count)]));
        }
        return rows;
    }

    private static CycleRow Cycle(string name, IReadOnlyList<SliceScores> scores, int[] sought) => new()
    {
        Method = name,
        Slices = scores.Count,
        Cycle = scores.Average(slice => slice.Cycle!.Value),
        Disturbed = scores.Average(slice => slice.CycleDisturbed!.Value),
        InputOutput = scores.Average(slice => slice.InputOutput),
        Retrieval = MindDescriptor.Retrieval([.. sought.Select(i => scores[i].Made)], [.. sought.Select(i => scores[i].Source)]),
        Retrieved = sought.Length,
    };

    /// <summary>First the slice of each subject that is nearest to the level, then the second ones.</summary>
    private int[] Sought() =>
        [.. Enumerable.Range(0, _slices.Count).GroupBy(i => _slices[i].Subject)
            .SelectMany(subject => subject.OrderBy(i => Math.Abs(_slices[i].LevelMm)).Select((slice, turn) => (slice, turn)))
            .OrderBy(at => at.turn).Take(options.Retrieved).Select(at => at.slice).Order()];

    private static string Unit(ModalityProfile profile) => profile.IsHounsfield ? "HU" : "of 1";

    private static double LeastContrast(ModalityProfile profile) => profile.IsHounsfield ? 3 : 0.04;
}
