using System.Text.Json;

namespace Gateway.Contracts.Trials;

/// <summary>What the gates found of a retrained pair of models, beside the champions: kept whatever the verdict.</summary>
public sealed record TrialReport
{
    /// <summary>The first direction of the pair, such as <c>t2-ct</c>.</summary>
    public required string Pair { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Of places, contrasts and intervals: same models, slices and seed, same figures.</summary>
    public required ulong Seed { get; init; }

    /// <summary>SHA-256 over all slices that it was judged on.</summary>
    public required string TestSetDigest { get; init; }

    public required IReadOnlyList<TrialSlices> Slices { get; init; }

    /// <summary>What limits the evidence, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Both directions.</summary>
    public required IReadOnlyList<TrialDirection> Directions { get; init; }

    public bool Passed => Directions.All(direction => direction.Passed);

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="JsonException">It is no report.</exception>
    public static TrialReport Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<TrialReport>(json, JsonSerializerOptions.Web) ?? throw new JsonException("An empty report.");
}
