using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>The kinds of pictures in the order a reader follows the translation, with the words under them.</summary>
internal static class PictureKind
{
    public const string Sheet = "sheet";

    public static readonly IReadOnlyList<(string Kind, string Label)> Panels =
    [
        ("source", "source"), ("registered", "registered"), ("masked", "masked"),
        ("synthetic", "synthetic"), ("cycle", "cycle"), ("patient", "on the patient's grid"),
    ];

    /// <summary>Those that not every translation has; after the panels.</summary>
    private static readonly IReadOnlyList<(string Kind, string Label)> Extra =
    [
        ("montage", "every slice, on the patient's grid"), ("uncertainty", "cycle error, white: 25 %"), ("checkerboard", "registered and reference"),
    ];

    public static string Label(string kind) => Panels.Concat(Extra).FirstOrDefault(p => p.Kind == kind).Label ?? kind;

    /// <summary>The sheet first, then the panels as they lie on it.</summary>
    public static IEnumerable<Picture> Sort(IEnumerable<Picture> pictures) => pictures.OrderBy(p => Rank(p.Kind)).ThenBy(p => p.Kind, StringComparer.Ordinal);

    private static int Rank(string kind) => kind == Sheet ? -1 : Panels.Select(p => p.Kind).TakeWhile(k => k != kind).Count();
}
