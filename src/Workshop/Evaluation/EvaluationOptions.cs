namespace Gateway.Workshop.Evaluation;

/// <summary>How much is looked at.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Slices worked on at a time, each on one thread.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Of each bootstrap.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Of bootstraps and inserted lesions.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Lesions of each kind that are put into clean slices.</summary>
    public int Insertions { get; init; } = 200;

    /// <summary>At most so many slices among which a translation must find its input.</summary>
    public int Retrieved { get; init; } = 40;
}
