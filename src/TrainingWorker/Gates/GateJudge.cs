using System.Globalization;
using Gateway.Contracts.Trials;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>Holds the figures of one direction on one set against the limits of the gates.</summary>
/// <param name="set">Name of the set.</param>
/// <param name="judged">False: all is shown, nothing judged.</param>
/// <param name="strict">False: also a hard limit is excused where the champion misses it.</param>
/// <param name="bootstrap">Over the set's subjects.</param>
internal sealed class GateJudge(string set, bool judged, bool strict, Bootstrap bootstrap)
{
    private readonly List<TrialGate> _gates = [];

    public IReadOnlyList<TrialGate> Gates => _gates;

    /// <summary>A figure that each slice has.</summary>
    /// <param name="kind">The gate.</param>
    /// <param name="candidate">One value a slice.</param>
    /// <param name="champion">The same; null without a champion.</param>
    /// <param name="own">The bootstrap over the values' subjects, where they are not the set's slices.</param>
    /// <param name="text">What a person should know beside the figures.</param>
    public void Add(
        TrialGateKind kind, IReadOnlyList<double> candidate, IReadOnlyList<double>? champion, Bootstrap? own = null, string text = "")
    {
        if (candidate.Count == 0)
            return;
        var draws = own ?? bootstrap;
        double[]? worse = champion is null ? null : [.. candidate.Zip(champion, (c, h) => kind.IsLowerBetter ? c - h : h - c)];
        Judge(kind, new()
        {
            Candidate = candidate.Average(),
            Interval = draws.OfMean(candidate),
            Champion = champion?.Average(),
            Worse = worse?.Average(),
            WorseInterval = worse is null ? null : draws.OfMean(worse),
        }, text);
    }

    /// <summary>A figure that only the set as a whole has.</summary>
    public void Add(TrialGateKind kind, double candidate, double? champion, string text = "") =>
        Judge(
            kind,
            new() { Candidate = candidate, Champion = champion, Worse = kind.IsLowerBetter ? candidate - champion : champion - candidate },
            text);

    public void Judge(TrialGateKind kind, GateFigures figures, string text = "")
    {
        var meets = kind.Meets(figures.Candidate);
        var excused = !meets && !(kind.IsHard && strict) && figures.Champion is { } champion && !kind.Meets(champion);
        var tolerance = kind.Tolerance ?? kind.RelativeTolerance * Math.Abs(figures.Champion ?? 0);
        var worse = !((kind.ByBootstrap ? figures.WorseInterval?.Low : figures.Worse) <= tolerance) && tolerance is not null
            && figures.Champion is not null;
        var held = kind.AbsoluteLimit.Length > 0 || (tolerance is not null && figures.Champion is not null);
        bool? passed = judged && held ? (meets || excused) && !worse : null;
        if (excused)
            text = $"The champion misses {kind.AbsoluteLimit} as well, so only the comparison counts. {text}".TrimEnd();
        _gates.Add(new()
        {
            Name = kind.Name,
            Set = set,
            Passed = passed,
            Limit = string.Join(
                "; ", ((string[])[kind.AbsoluteLimit, figures.Champion is null ? "" : kind.RelativeLimit]).Where(
                    limit => limit.Length > 0)),
            Candidate = Finite(figures.Candidate),
            Low = Finite(figures.Interval?.Low),
            High = Finite(figures.Interval?.High),
            Champion = Finite(figures.Champion),
            Worse = Finite(figures.Worse),
            WorseLow = Finite(figures.WorseInterval?.Low),
            WorseHigh = Finite(figures.WorseInterval?.High),
            Text = text,
            Reason = passed == false ? kind.Reason.Because(Sentence(kind, figures, meets || excused)) : null,
        });
    }

    private string Sentence(TrialGateKind kind, GateFigures figures, bool onlyWorse)
    {
        var asked = onlyWorse
            ? string.Create(CultureInfo.InvariantCulture, $"{kind.RelativeLimit} than the champion's {figures.Champion:G4}")
            : kind.AbsoluteLimit;
        return string.Create(
            CultureInfo.InvariantCulture, $"{kind.Name} ({kind.Meaning}) is {figures.Candidate:G4} on {set}; {asked} is asked for.");
    }

    // JSON has no other numbers.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
