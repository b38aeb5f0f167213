using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>The kinds of pictures in the order a reader follows the translation, with the words under them.</summary>
internal static class PictureLabels
{
    public static readonly IReadOnlyList<(string Kind, string Label)> Panels =
    [
        (PictureKind.Source, "source"), (PictureKind.Registered, "registered"), (PictureKind.Masked, "masked"),
        (PictureKind.Synthetic, "synthetic"), (PictureKind.Cycle, "cycle"), (PictureKind.Patient, "on the patient's grid"),
    ];

    /// <summary>Those that not every translation has; after the panels.</summary>
    private static readonly IReadOnlyList<(string Kind, string Label)> Extra =
    [
        (PictureKind.Montage, "every slice, on the patient's grid"), (PictureKind.Uncertainty, "cycle error, white: 25 %"),
        (PictureKind.Checkerboard, "registered and reference"),
    ];

    public static string Label(string kind) => Panels.Concat(Extra).FirstOrDefault(p => p.Kind == kind).Label ?? kind;

    /// <summary>The sheet first, then the panels as they lie on it.</summary>
    public static IEnumerable<Picture> Sort(IEnumerable<Picture> pictures) =>
        pictures.OrderBy(p => Rank(p.Kind)).ThenBy(p => p.Kind, StringComparer.Ordinal);

    private static int Rank(string kind) => kind == PictureKind.Sheet ? -1 : Panels.Select(p => p.Kind).TakeWhile(k => k != kind).Count();
}
