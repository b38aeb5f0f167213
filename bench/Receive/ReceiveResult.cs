namespace Gateway.Receive;

/// <summary>Everything one run measured.</summary>
internal sealed record ReceiveResult
{
    public required Machine Machine { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Load averages before the run, and after it.</summary>
    public required (string Before, string After) Load { get; init; }

    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>The object of 2 GB, by receiver.</summary>
    public required Dictionary<string, Pass> Memory { get; init; }

    /// <summary>MiB of a receiver that has started and answered, by receiver.</summary>
    public required IReadOnlyDictionary<string, double> Idle { get; init; }

    public required List<NagleFigure> Nagle { get; init; }
}
