using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Sources;

namespace Gateway.Workshop.References;

/// <summary>Builds the references of all recipes in their order. The skulls of the others are laid onto the skull of the first.</summary>
public static class ReferenceSet
{
    /// <param name="recipes">T2 must come first, because its millimetres are known.</param>
    /// <param name="data">Folder the recipes' paths are relative to.</param>
    /// <param name="modalities">Includes the modalities of the recipes.</param>
    public static IReadOnlyList<Reference> Build(IReadOnlyList<ReferenceRecipe> recipes, string data, ModalityTable modalities)
    {
        var built = new List<Reference>();
        foreach (var recipe in recipes)
        {
            var options = new ReferenceBuildOptions
            {
                Profile = modalities[recipe.Modality],
                Iterations = recipe.Iterations,
                LeastNcc = recipe.LeastNcc,
                MostSlices = recipe.MostSlices,
                Twin = built.FirstOrDefault(),
            };
            var bootstrap = NiftiFile.Read(Path.Combine(data, recipe.Bootstrap))[recipe.BootstrapSlice];
            var volumes = recipe.Sources.SelectMany(source => SourceVolumes.Read(Path.Combine(data, source), options.Window))
                .Select(v => v.Volume);
            built.Add(new ReferenceBuilder(options).Build(bootstrap, [.. volumes]));
        }
        return built;
    }
}
