using System.Text.Json;

namespace Gateway.Workshop.TrainingSets;

/// <summary>One entry of <c>pairs.json</c>, which lies beside <c>paired/</c> and says what its pictures show.</summary>
public sealed record ListedPair
{
    public const string FileName = "pairs.json";
    public const string Train = "train";
    public const string Test = "test";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary><c>paired/NAME.t2.png</c> and so on.</summary>
    public required string Name { get; init; }

    /// <summary>The subject: pairs of one head are one piece of evidence.</summary>
    public required string Head { get; init; }

    /// <summary><c>train</c> or <c>test</c>; a head is in one of them only.</summary>
    public required string Split { get; init; }

    /// <summary>Height over the reference's level along its normal, positive to the head, mm.</summary>
    public double LevelMm { get; init; }

    public double ThicknessMm { get; init; } = 1;

    /// <summary>Names of the kinds of finding in the picture; empty for none.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <returns>Null where the folder has no such file, as folders of phantoms may have none.</returns>
    /// <exception cref="InvalidDataException">The file is no such list, or a head is in both splits.</exception>
    public static IReadOnlyList<ListedPair>? Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var pairs = JsonSerializer.Deserialize<ListedPair[]>(File.ReadAllBytes(path), Json) ?? [];
            var heads = pairs.GroupBy(pair => pair.Head);
            return heads.FirstOrDefault(head => head.Select(pair => pair.Split).Distinct().Count() > 1) is { } both
                ? throw new InvalidDataException($"{path}: the head {both.Key} is in more than one split.")
                : pairs;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no list of pairs: {e.Message}", e);
        }
    }

    public static void Save(string folder, IEnumerable<ListedPair> pairs) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(pairs, Json) + "\n");
}
