using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

/// <summary>The reference brains in <c>models/references</c>.</summary>
internal static class ShippedReference
{
    /// <param name="modality"><c>t2</c> or <c>ct</c>.</param>
    public static Reference Of(string modality) =>
        Slices.Reference.Load(Folder(modality), ShippedModalities.Table[Modality.Parse(modality)]);

    public static string Folder(string modality) => Path.Combine(Repository.Root, "models", "references", modality);
}
