using System.Text.Json;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.References;

/// <summary>The recipe of one reference; models/references/recipes.json lists both.</summary>
public sealed record ReferenceRecipe
{
    public required Modality Modality { get; init; }

    /// <summary>NIfTI file, relative to the data folder. One of its slices starts the first round.</summary>
    public required string Bootstrap { get; init; }

    /// <summary>Index of that slice, from the feet.</summary>
    public required int BootstrapSlice { get; init; }

    /// <summary>A slice is left out if the correlation of its brain pattern with that of the round's reference is lower.</summary>
    public required double LeastNcc { get; init; }

    /// <summary>At most this many slices, the best ones, are averaged.</summary>
    public required int MostSlices { get; init; }

    /// <summary>Rounds of registering and averaging.</summary>
    public required int Iterations { get; init; }

    /// <summary>Relative to the data folder: NIfTI files, folders of a DICOM series, folders of windowed CT pictures.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <exception cref="JsonException">Not a list of recipes.</exception>
    public static IReadOnlyList<ReferenceRecipe> Load(string file) =>
        JsonSerializer.Deserialize<ReferenceRecipe[]>(File.ReadAllBytes(file), JsonSerializerOptions.Web) ?? [];
}
