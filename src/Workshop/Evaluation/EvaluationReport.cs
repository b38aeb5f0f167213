using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Workshop.Evaluation;

/// <summary>evaluation.json: every figure of an evaluation. No figure of it is about a patient.</summary>
public sealed record EvaluationReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>By their names in the tables: the digest of each direction's file.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Models { get; init; }

    /// <summary>By the features' names: the digest of their weights.</summary>
    public required IReadOnlyDictionary<string, string> Features { get; init; }

    public required IReadOnlyList<SetReport> Sets { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
