using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>JSON objects that say the same, in whatever order of their members.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonObject>
{
    public static readonly JsonEquality Instance = new();

    public bool Equals(JsonObject? x, JsonObject? y) => JsonNode.DeepEquals(x, y);

    public int GetHashCode([DisallowNull] JsonObject obj) => obj.Count;
}
