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

    private const string Seconds = "seconds.";

    /// <summary>Wall-clock seconds of one stage: <c>seconds.load</c>.</summary>
    public static string SecondsOf(string stage) => Seconds + stage;

    /// <summary>The stage whose seconds a measure counts; null for every other measure.</summary>
    public static string? StageOf(string measure) => measure.StartsWith(Seconds, StringComparison.Ordinal) ? measure[Seconds.Length..] : null;
}
