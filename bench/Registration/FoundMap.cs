namespace Gateway.RegistrationBench;

/// <summary>What a program found for a pair.</summary>
internal sealed record FoundMap
{
    /// <summary>Where every fixed pixel lies in the moving picture, less its own place; pixels.</summary>
    public required DisplacementField2D Forth { get; init; }

    /// <summary>The way back; null where the program gives none.</summary>
    public DisplacementField2D? Back { get; init; }

    /// <summary>Wall clock on one core.</summary>
    public required double Seconds { get; init; }
}
