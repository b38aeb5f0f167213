namespace Gateway.Persistence;

/// <summary>A live series as a shadow model translates it. Nothing of it but these figures and one picture exists, and neither leaves the
/// house.</summary>
public sealed class ShadowResult
{
    /// <summary>The received series and its revision.</summary>
    public required Guid SeriesId { get; init; }
    public required int Revision { get; init; }

    /// <summary>The shadow, and the champion beside it.</summary>
    public required string Digest { get; init; }
    public required string ChampionDigest { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Figures of both by name, such as <c>cycleError.shadow</c> and <c>cycleError.champion</c>.</summary>
    public Dictionary<string, double> Measures { get; init; } = [];

    /// <summary>Source, champion and shadow side by side, as PNG; null where it was not drawn.</summary>
    public string? SheetSha256 { get; init; }
}
