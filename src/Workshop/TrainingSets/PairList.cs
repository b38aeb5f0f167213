using System.Text.Json;

namespace Gateway.Workshop.TrainingSets;

/// <summary>pairs.json of a folder of pairs: what is known of each, beside its pictures in <c>paired/</c>.</summary>
public static class PairList
{
    public const string FileName = "pairs.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Save(string folder, IReadOnlyList<PairEntry> pairs) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(pairs, Json) + "\n");

    /// <returns>Empty if the folder has no list.</returns>
    /// <exception cref="JsonException">Not a list of pairs.</exception>
    public static IReadOnlyList<PairEntry> Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<PairEntry[]>(File.ReadAllBytes(path), Json) ?? [] : [];
    }
}
