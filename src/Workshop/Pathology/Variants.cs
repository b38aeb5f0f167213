using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>What many heads have beside an illness: calcium, filled sinuses.</summary>
internal static class Variants
{
    private static readonly Predicate<Place> Anywhere = Places.IsIntracranial;
    private static readonly Stroke Sharp = new() { Blur = 0.6f };

    public static void Calcify(Draft draft)
    {
        var random = draft.Random;
        if (random.Chance(0.6f))
            Near(draft, new(0, -28, 2), 6, place => place is not Place.Dura, random.Uniform(1.5f, 3.6f), Anywhere);
        foreach (var side in (int[])[-1, 1])
            if (random.Chance(0.6f))
                Near(draft, new(side * 24, -40, 8), 14, place => place == Place.Ventricle, random.Uniform(1.6f, 4.5f),
                    place => place is Place.Ventricle or Place.White);
        if (random.Chance(0.25f))
            Falx(draft);
        if (random.Chance(0.2f))
            Pallida(draft);
    }

    /// <summary>Mucosa or fluid in some of the air cells; sometimes all of them.</summary>
    public static void FillSinuses(Draft draft)
    {
        var (random, centre) = (draft.Random, draft.Anatomy.Centre);
        var (noise, full) = (new WaveNoise(random, 1, 25, 70), random.Uniform(-1, 1.5f));
        var reach = new Vector3(120);
        draft.Add(FindingKind.OpacifiedSinus, new(centre - reach - new Vector3(0, 0, 60), centre + reach, p => 4 * (noise.Value(p) - full)),
            place => place == Place.AirCell, new() { Blur = 0.6f });
    }

    private static void Falx(Draft draft)
    {
        var random = draft.Random;
        if (draft.Somewhere(
            place => place is Place.SurfaceCsf or Place.Dura,
            (s, _) => Math.Abs(s.X) < 3 && s.Y is > 0 or < -60 && s.Z > 10) is not { } at)
            return;
        var radii = new Vector3(random.Uniform(0.9f, 1.8f), random.Uniform(3, 10), random.Uniform(3, 8));
        draft.Add(FindingKind.Calcification, Shape.Blob(random, at, radii, 0.3f), Anywhere, Sharp);
    }

    private static void Pallida(Draft draft)
    {
        var (random, box) = (draft.Random, new Vector3(40));
        var (noise, share) = (new WaveNoise(random, 2, 4, 12), random.Uniform(-0.3f, 0.9f));
        var centre = draft.Anatomy.FromStandard(new(0, -3, 0));
        draft.Add(FindingKind.Calcification, new(centre - box, centre + box, p => 2 * (share - noise.Value(p))),
            place => place == Place.Pallidum, Sharp with { Strength = random.Uniform(0.4f, 1) });
    }

    /// <summary>A blob at the voxel of some places that is nearest to a standard point, if one is near enough and at a level of
    /// the grid.</summary>
    private static void Near(Draft draft, Vector3 standard, float within, Predicate<Place> wanted, float radius, Predicate<Place> allowed)
    {
        var anatomy = draft.Anatomy;
        var ideal = anatomy.FromStandard(standard);
        Vector3? best = null;
        for (var z = -within; z <= within; z++)
            for (var y = -within; y <= within; y++)
                for (var x = -within; x <= within; x++)
                {
                    var p = ideal + new Vector3(x, y, z);
                    if (anatomy.Depth == 1 && Math.Abs(p.Z - anatomy.Origin.Z) > radius)
                        continue;
                    if (wanted(anatomy.PlaceAt(p)) && (best is null || Vector3.Distance(p, ideal) < Vector3.Distance(best.Value, ideal)))
                        best = p;
                }
        var radii = radius * new Vector3(1, draft.Random.Uniform(1, 1.6f), draft.Random.Uniform(1, 1.4f));
        if (best is { } at)
            draft.Add(FindingKind.Calcification, Shape.Blob(draft.Random, at, radii, 0.3f), allowed, Sharp);
    }
}
