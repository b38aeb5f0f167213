using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>What surgeons leave.</summary>
internal static class Surgery
{
    /// <summary>A plate of bone taken away, or sawn round and put back.</summary>
    public static bool Craniotomy(Draft draft) =>
        Site(draft) is { } middle && Flap(draft, middle, draft.Random.Uniform(16, 38));

    /// <summary>A flap, and under it a cavity full of fluid in scarred brain; now and then with fresh blood at its wall.</summary>
    public static bool Cavity(Draft draft)
    {
        if (Site(draft) is not { } middle)
            return false;
        var random = draft.Random;
        var (wide, deep) = (random.Uniform(8, 20), random.Uniform(8, 22));
        Flap(draft, middle, wide + random.Uniform(4, 14));
        var inwards = Vector3.Normalize(draft.Anatomy.Centre - middle);
        var cavity = Shape.Blob(random, middle + 0.5f * deep * inwards, new(wide, wide, 0.6f * (wide + deep)), 0.18f);
        draft.Add(FindingKind.Oedema, cavity.Grown(random, random.Uniform(2, 9)), Places.IsBrain,
            new() { Look = (random.Uniform(18, 25), random.Uniform(1.7f, 2.7f)), Strength = random.Uniform(0.7f, 1) });
        var drawn = draft.Add(FindingKind.Cyst, cavity, place => Places.IsBrain(place) || place is Place.SurfaceCsf or Place.Dura);
        if (random.Chance(0.3f))
            draft.Add(FindingKind.AcuteBlood, cavity.Rim(random.Uniform(1.5f, 4)), Places.IsBrain,
                new() { Strength = random.Uniform(0.5f, 0.9f) });
        return drawn;
    }

    private static Vector3? Site(Draft draft) => draft.Somewhere(
        Places.IsIntracranial, (s, p) => s.Z > 0 && draft.FromSkull.At(p) < 3);

    private static bool Flap(Draft draft, Vector3 middle, float radius)
    {
        var random = draft.Random;
        var (reach, width) = (new Vector3(radius + 14), random.Uniform(1.2f, 2.2f));
        float Plate(Vector3 p) => Vector3.Distance(p, middle) - radius;
        var shape = new Shape(middle - reach, middle + reach, random.Chance(0.35f) ? Plate : p => Math.Abs(Plate(p)) - width);
        return draft.Add(FindingKind.Craniotomy, shape, place => place == Place.Bone, new() { Blur = 0.5f });
    }
}
