using System.Text.Json;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.References;

/// <summary>What one reference is made from; models/references/recipes.json lists both.</summary>
public sealed record ReferenceRecipe
{
    public required Modality Modality { get; init; }

    /// <summary>NIfTI file, relative to the data folder, one slice of which starts the first round.</summary>
    public required string Bootstrap { get; init; }

    /// <summary>Index of that slice, from the feet.</summary>
    public required int BootstrapSlice { get; init; }

    /// <summary>A slice whose brain pattern correlates less with the round's reference is left out.</summary>
    public required double LeastNcc { get; init; }

    /// <summary>Only this many slices, the best ones, are averaged.</summary>
    public required int MostSlices { get; init; }

    /// <summary>Rounds of register and average.</summary>
    public required int Iterations { get; init; }

    /// <summary>Relative to the data folder: NIfTI files, folders of a DICOM series, folders of windowed CT pictures.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <exception cref="JsonException">Not a list of recipes.</exception>
    public static IReadOnlyList<ReferenceRecipe> Load(string file) =>
        JsonSerializer.Deserialize<ReferenceRecipe[]>(File.ReadAllBytes(file), JsonSerializerOptions.Web) ?? [];
}
