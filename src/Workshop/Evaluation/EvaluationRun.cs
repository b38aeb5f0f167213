using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>Scores models on sets and writes what a person reads and looks at: tables, JSON and sheets.</summary>
/// <param name="models">At least one; the first is compared with the others.</param>
/// <param name="modalities">Profiles of both modalities.</param>
/// <param name="options">How much is looked at.</param>
public sealed class EvaluationRun(IReadOnlyList<EvaluatedModel> models, ModalityTable modalities, EvaluationOptions options)
{
    private const int SheetRows = 8;

    public IReadOnlyList<PictureFeatures> Features { get; init; } = [];

    /// <summary>Receives what is being done, in words.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <param name="sets">What to score on.</param>
    /// <param name="pair">One direction; the other follows.</param>
    /// <param name="folder">Receives the files; made if absent.</param>
    /// <param name="cancel">Between two slices.</param>
    public EvaluationReport Write(IReadOnlyList<EvaluatedSet> sets, Direction pair, string folder, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(pair);
        Directory.CreateDirectory(folder);
        var report = new EvaluationReport
        {
            Models = models.ToDictionary(model => model.Name, model => model.Digests),
            Features = Features.ToDictionary(features => features.Name, features => features.Sha256),
            Sets = [.. sets.Select(set => Report(set, pair, folder, cancel))],
        };
        File.WriteAllText(Path.Combine(folder, "evaluation.md"), EvaluationMarkdown.Of(report));
        File.WriteAllText(Path.Combine(folder, "evaluation.json"), report.ToJson());
        return report;
    }

    private SetReport Report(EvaluatedSet set, Direction pair, string folder, CancellationToken cancel)
    {
        var sides = set.Slices.Sides;
        return new()
        {
            Name = set.Slices.Name,
            Slices = set.Pairs.Count > 0 ? set.Pairs.Count : sides.Values.Sum(side => side.Slices.Count),
            Subjects = sides.Values.SelectMany(side => side.Slices).Select(slice => slice.Subject).Distinct().Count(),
            Notes = set.Notes,
            Directions = [Report(set, pair), Report(set, pair.Reverse)],
        };

        DirectionReport Report(EvaluatedSet set, Direction direction)
        {
            var evaluation = new DirectionEvaluation(set, direction, modalities, options) { Features = Features };
            var made = models.Select(model =>
            {
                Progress($"{set.Slices.Name}, {direction}: {model.Name}");
                var way = new RoundTrip(model.Name, model.Generate(direction), model.Generate(direction.Reverse));
                return (way, evaluation.Translate(way, cancel));
            }).ToList();
            Draw(set, direction, folder, made);
            Progress($"{set.Slices.Name}, {direction}: tables");
            return evaluation.Report(made, cancel);
        }
    }

    private static void Draw(
        EvaluatedSet set, Direction direction, string folder, List<(RoundTrip Way, IReadOnlyList<SliceScores> Scores)> made)
    {
        var slices = set.Slices.Sides[direction.From].Slices;
        Draw("", ShownSlices.Spread(slices, SheetRows));
        Draw("-findings", ShownSlices.Findings(slices));

        void Draw(string ending, IReadOnlyList<int> shown)
        {
            if (shown.Count > 0)
                File.WriteAllBytes(
                    Path.Combine(folder, $"{set.Slices.Name.Replace(' ', '-')}-{direction}{ending}.png"),
                    EvaluationSheet.Draw(
                        $"{set.Slices.Name} {direction}",
                        [.. made.Select(model => (model.Way.Name, (IReadOnlyList<SliceScores>)[.. shown.Select(i => model.Scores[i])]))]));
        }
    }
}
