using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>References between resources, as text.</summary>
internal static class FhirReferences
{
    /// <summary><c>Type/id</c> of a relative or absolute reference or location, with or without a version.</summary>
    public static string Relative(string reference)
    {
        var parts = reference.Split('?')[0].Split("/_history/")[0].TrimEnd('/').Split('/');
        return parts.Length < 2 ? reference : $"{parts[^2]}/{parts[^1]}";
    }

    /// <summary>Every reference that has another name elsewhere gets it.</summary>
    public static void Rename(JsonNode? node, IReadOnlyDictionary<string, string> names)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Rename(item, names);
        if (node is not JsonObject inside)
            return;
        if (inside["reference"] is JsonValue value && value.TryGetValue<string>(out var reference)
            && names.TryGetValue(reference, out var other))
            inside["reference"] = other;
        foreach (var (_, child) in inside.ToList())
            Rename(child, names);
    }
}
