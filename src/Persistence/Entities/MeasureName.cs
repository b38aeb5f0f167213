namespace Gateway.Persistence;

/// <summary>The figures of a translation, as <see cref="Series.Measures"/> and the API spell them.</summary>
public static class MeasureName
{
    /// <summary>Normalised cross-correlation with the reference before registration.</summary>
    public const string NccBefore = "nccBefore";

    /// <summary>Normalised cross-correlation with the reference after registration.</summary>
    public const string NccAfter = "nccAfter";

    /// <summary>Of the out-of-distribution gate: 0 is usual, 1 its limit.</summary>
    public const string GateScore = "gateScore";

    /// <summary>Index of the translated slice in the volume, from 0 at the most inferior.</summary>
    public const string ChosenSlice = "chosenSlice";

    /// <summary>Mean |x - F(G(x))| inside the head, 0..1 of the input's range.</summary>
    public const string CycleError = "cycleError";

    private const string Grey = "grey.q";
    private const string Seconds = "seconds.";

    /// <summary>Which quantiles are told of the greys inside the head, per cent.</summary>
    public static IReadOnlyList<int> GreyPercents { get; } = [5, 25, 50, 75, 95];

    /// <summary>Every figure that archive and drift are told.</summary>
    public static IReadOnlyList<string> OfDrift { get; } = [GateScore, NccBefore, NccAfter, CycleError, .. GreyPercents.Select(GreyOf)];

    /// <summary>A quantile of the prepared slice inside the head, -1..1 as the generator sees it: <c>grey.q05</c>.</summary>
    public static string GreyOf(int percent) => FormattableString.Invariant($"{Grey}{percent:00}");

    /// <summary>Wall-clock seconds of one stage: <c>seconds.load</c>.</summary>
    public static string SecondsOf(string stage) => Seconds + stage;

    /// <summary>The stage whose seconds a measure counts; null for every other measure.</summary>
    public static string? StageOf(string measure) =>
        measure.StartsWith(Seconds, StringComparison.Ordinal) ? measure[Seconds.Length..] : null;
}
