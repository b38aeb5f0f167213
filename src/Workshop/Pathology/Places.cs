namespace Gateway.Workshop.Pathology;

/// <summary>Groups of <see cref="Place"/>.</summary>
internal static class Places
{
    public static bool IsIntracranial(Place place) => place >= Place.SurfaceCsf;

    public static bool IsCsf(Place place) => place is Place.SurfaceCsf or Place.Ventricle;

    /// <summary>Brain tissue of every part.</summary>
    public static bool IsBrain(Place place) => place is >= Place.Cortex and <= Place.Stem;

    public static bool IsCerebrum(Place place) => place is >= Place.Cortex and <= Place.Pallidum;

    public static bool IsGrey(Place place) =>
        place is Place.Cortex or Place.DeepGrey or Place.Pallidum or Place.CerebellarCortex;

    public static bool IsWhite(Place place) => place is Place.White or Place.CerebellarWhite or Place.Stem;

    public static bool IsCerebellum(Place place) => place is Place.CerebellarCortex or Place.CerebellarWhite;
}
