using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Workshop.TrainingSets;

/// <summary>manifest.json of a training set: describes its pictures and how they were prepared.</summary>
public sealed record TrainingManifest
{
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>HU that became -1 (grey 0).</summary>
    public required float HuLow { get; init; }

    /// <summary>HU that became 1 (grey 255).</summary>
    public required float HuHigh { get; init; }

    /// <summary>Whether slices were deformed onto the reference, not only registered linearly.</summary>
    public bool Deform { get; init; }

    /// <summary>Digest of each modality's reference: <c>t2Reference</c>, <c>ctReference</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, object> References { get; init; } = new Dictionary<string, object>();

    public required IReadOnlyList<TrainingPicture> Pictures { get; init; }

    /// <summary>Slices that were considered and left out, with the reason.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    public void Save(string folder) =>
        System.IO.File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <exception cref="JsonException">Not a manifest.</exception>
    public static TrainingManifest Load(string folder) =>
        JsonSerializer.Deserialize<TrainingManifest>(System.IO.File.ReadAllBytes(Path.Combine(folder, FileName)), Json)
        ?? throw new JsonException("The manifest is empty.");
}
