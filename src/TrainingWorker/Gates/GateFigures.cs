namespace Gateway.TrainingWorker.Gates;

/// <summary>One figure of a candidate and its champion.</summary>
internal sealed record GateFigures
{
    public required double Candidate { get; init; }

    /// <summary>95 %, over subjects.</summary>
    public (double Low, double High)? Interval { get; init; }

    public double? Champion { get; init; }

    /// <summary>By how much the candidate is worse.</summary>
    public double? Worse { get; init; }
    public (double Low, double High)? WorseInterval { get; init; }
}
