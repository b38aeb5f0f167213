namespace Gateway.WholePath;

/// <summary>Everything one run measured.</summary>
internal sealed record WholePathResult
{
    public required Machine Machine { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Load averages before the run, and after it.</summary>
    public required (string Before, string After) Load { get; init; }

    /// <summary>Measured studies; those of the warm-up are not among them.</summary>
    public required IReadOnlyList<StudyTimes> Studies { get; init; }

    /// <summary>Bytes of one study.</summary>
    public required long StudyBytes { get; init; }

    /// <summary>Seconds, one figure a round: see <see cref="DiskFloor"/>.</summary>
    public required IReadOnlyList<double> DiskFloor { get; init; }

    /// <summary>See <see cref="GeneratorCost"/>.</summary>
    public required double? Gigaoperations { get; init; }

    public required double PeakMebibytes { get; init; }

    /// <summary>CPU seconds of the gateway until READY.</summary>
    public required double StartProcessorSeconds { get; init; }

    /// <summary>CPU seconds of the gateway per measured study, what it does while it waits included.</summary>
    public required double ProcessorSecondsPerStudy { get; init; }
}
