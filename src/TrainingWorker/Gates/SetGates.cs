using System.Globalization;
using Gateway.Contracts.Trials;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;
using static Gateway.Contracts.Trials.TrialGateKind;

namespace Gateway.TrainingWorker.Gates;

/// <summary>The gates that one direction goes through on one set of slices.</summary>
/// <param name="set">The slices.</param>
/// <param name="direction">The direction.</param>
/// <param name="candidate">What the candidate made of them.</param>
/// <param name="champion">What the champion made of them; null without one.</param>
/// <param name="options">Seed, draws, and how many subjects count.</param>
internal sealed class SetGates(HeldOutSet set, Direction direction, WayScores candidate, WayScores? champion, TrialOptions options)
{
    private readonly IReadOnlyList<SliceScores> _made = candidate.Slices;
    private readonly IReadOnlyList<SliceScores>? _other = champion?.Slices;

    private bool HasTruth => _made[0].Truth is not null;

    /// <summary>Whether what is found here decides: phantoms, and enough people.</summary>
    public bool IsJudged => HasTruth || _made.Select(slice => slice.Subject).Distinct().Count() >= options.LeastSubjects;

    public IReadOnlyList<TrialGate> All(TrivialMethods? trivial)
    {
        var bootstrap = Bootstrap(_made.Select(slice => slice.Subject));
        var judge = new GateJudge(set.Name, IsJudged, HasTruth, bootstrap);
        Collapse(judge);
        if (HasTruth)
            AgainstTruth(judge, trivial);
        Compare(judge, Outline, slice => slice.Dice);
        Compare(judge, Structure, slice => slice.Mind);
        Compare(judge, Edges, slice => slice.Edges);
        Cycles(judge);
        Textures(judge);
        Lesions(judge);
        if (HasTruth && _other is not null)
            Inventions(judge);
        return judge.Gates;
    }

    private void Collapse(GateJudge judge)
    {
        var real = PictureSpread.Of([.. set.Sides[direction.To].Slices.Select(slice => slice.Source)]);
        if (real > 0 && _made.Count > 1)
            judge.Add(Diversity, Spread(_made) / real, _other is null ? default(double?) : Spread(_other) / real);
        judge.Add(Retrieval, Found(_made), _other is null ? default(double?) : Found(_other));

        static double Spread(IReadOnlyList<SliceScores> slices) => PictureSpread.Of([.. slices.Select(slice => slice.Made)]);
        static double Found(IReadOnlyList<SliceScores> slices) =>
            MindDescriptor.Retrieval([.. slices.Select(s => s.Made)], [.. slices.Select(s => s.Source)]);
    }

    private void AgainstTruth(GateJudge judge, TrivialMethods? trivial)
    {
        judge.Add(Copy, ToInput(_made), _other is null ? default(double?) : ToInput(_other));
        judge.Add(TrialGateKind.Direction, Turned(candidate), champion is null ? default(double?) : Turned(champion));
        Compare(judge, Error, slice => slice.Paired!.Mae);
        Compare(judge, Likeness, slice => slice.Paired!.SsimInside);
        if (trivial is not null)
            judge.Add(
                Baseline, trivial.Relative(_made), _other is null ? default(double?) : trivial.Relative(_other),
                $"The best of them: {trivial.Best}.");

        static double ToInput(IReadOnlyList<SliceScores> slices) =>
            slices.Sum(slice => Distance(slice.Made, slice.Source)) / slices.Sum(slice => Distance(slice.Made, slice.Truth!));
        static double Turned(WayScores scores) =>
            scores.Reversed!.Value / (scores.Slices.Average(slice => Distance(slice.Made, slice.Truth!)) / 2);
        static double Distance(Imaging.Grids.Image a, Imaging.Grids.Image b) => Imaging.Grids.ImageMetrics.Mae(a, b);
    }

    private void Cycles(GateJudge judge)
    {
        SliceScores[] there = [.. _made.Where(slice => slice.Cycle is not null)];
        SliceScores[]? other = _other is null ? null : [.. _other.Where(slice => slice.Cycle is not null)];
        var bootstrap = Bootstrap(there.Select(slice => slice.Subject));
        judge.Add(Cycle, Each(there, slice => slice.Cycle!.Value)!, Each(other, slice => slice.Cycle!.Value), bootstrap);
        judge.Add(Hidden, Each(there, Drop)!, Each(other, Drop), bootstrap);

        static double Drop(SliceScores slice) => slice.Cycle!.Value - slice.CycleDisturbed!.Value;
        static double[]? Each(SliceScores[]? slices, Func<SliceScores, double> of) => slices?.Select(of).ToArray();
    }

    private void Textures(GateJudge judge)
    {
        double[][] real = [.. set.Sides[direction.To].Slices.Select(slice => SliceScoring.Texture(slice.Source))];
        if (real.Length < 2 || _made.Count < 2)
            return;
        var bootstrap = Bootstrap(_made.Select(slice => slice.Subject));
        var mine = new TextureDistance([.. _made.Select(slice => slice.Texture)], real);
        var other = _other is null ? null : new TextureDistance([.. _other.Select(slice => slice.Texture)], real);
        judge.Judge(Realism, new()
        {
            Candidate = mine.Value,
            Interval = bootstrap.Of(mine.Of),
            Champion = other?.Value,
            Worse = mine.Value - other?.Value,
            WorseInterval = other is null ? null : bootstrap.Of(weights => mine.Of(weights) - other.Of(weights)),
        });
    }

    private void Lesions(GateJudge judge)
    {
        var bootstrap = Bootstrap(candidate.Lesions.Select(lesion => lesion.Subject));
        judge.Add(TrialGateKind.Lesions, Each(candidate, Kept)!, Each(champion, Kept), bootstrap);
        judge.Add(Contrast, Each(candidate, lesion => lesion.Recovery)!, Each(champion, lesion => lesion.Recovery), bootstrap, ByKind());

        static double[]? Each(WayScores? scores, Func<Lesion, double> of) => scores?.Lesions.Select(of).ToArray();
        static double Kept(Lesion lesion) => lesion.Recovery >= Lesion.Half ? 1 : 0;
    }

    private string ByKind() => string.Join(", ", candidate.Lesions.GroupBy(lesion => (lesion.Bright, lesion.Diameter)).OrderBy(
        kind => kind.Key)
        .Select(kind => string.Create(
            CultureInfo.InvariantCulture,
            $"{(kind.Key.Bright ? "bright" : "dark")} {kind.Key.Diameter} mm {kind.Average(lesion => lesion.Recovery):F2}")));

    private void Inventions(GateJudge judge)
    {
        var spots = new NewBlobs(_other!);
        judge.Add(TrialGateKind.Inventions, [.. _made.Zip(_other!, (mine, other) => (double)spots.Count(mine, other))],
            [.. _made.Zip(_other!, (mine, other) => (double)spots.Count(other, mine))]);
    }

    private void Compare(GateJudge judge, TrialGateKind kind, Func<SliceScores, double> of) =>
        judge.Add(kind, [.. _made.Select(of)], _other?.Select(of).ToArray());

    private Bootstrap Bootstrap(IEnumerable<string> subjects) => new([.. subjects], options.Draws, options.Seed);
}
