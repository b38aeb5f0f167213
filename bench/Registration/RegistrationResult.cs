namespace Gateway.RegistrationBench;

/// <summary>A run.</summary>
internal sealed record RegistrationResult
{
    public required DateTimeOffset StartedAt { get; init; }

    public required Machine Machine { get; init; }

    public required (string Before, string After) Load { get; init; }

    public required IReadOnlyList<PairScores> Scores { get; init; }

    /// <summary>Median seconds of the stages, by preset.</summary>
    public required IReadOnlyDictionary<string, StageTimes> Stages { get; init; }

    public required IReadOnlyList<RoundTripLoss> RoundTrips { get; init; }

    public required IReadOnlyList<TranslationLoss> Translations { get; init; }

    public required KernelCosts Kernels { get; init; }
}
