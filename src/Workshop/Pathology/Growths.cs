using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>Tumours, the oedema around them, cysts.</summary>
internal static class Growths
{
    private static readonly Predicate<Place> Solid = place => Places.IsBrain(place) || place == Place.SurfaceCsf;

    /// <summary>An uneven mass that pushes, perhaps with a cyst or necrosis, perhaps with calcium, in oedema.</summary>
    public static bool Tumour(Draft draft)
    {
        if (draft.Somewhere(Places.IsWhite, (_, p) => draft.FromSkull.At(p) > 8) is not { } centre)
            return false;
        var random = draft.Random;
        var radii = Infarcts.Radii(random, 7, Places.IsCerebellum(draft.Anatomy.PlaceAt(centre)) ? 12 : 20);
        var size = MathF.Cbrt(radii.X * radii.Y * radii.Z);
        draft.Push(MassEffect.Ball(draft.Anatomy, draft.FromSkull, centre, 1.4f * size, random.Uniform(0.2f, 0.5f) * size));
        var mass = Shape.Blob(random, centre, radii, random.Uniform(0.15f, 0.3f));
        if (random.Chance(0.75f))
            Fingers(draft, mass, random.Uniform(5, 22));
        var look = FindingLook.Of(FindingKind.Tumour).Draw(random);
        var drawn = draft.Add(FindingKind.Tumour, mass, Solid, new() { Look = look });
        for (var i = 0; i < 2; i++)
        {
            var part = Shape.Blob(random, centre + random.Direction() * 0.6f * radii, 0.45f * radii, 0.3f).And(p => mass.Distance(p) + 1);
            draft.Add(FindingKind.Tumour, part, Solid, new()
            {
                Look = (Math.Clamp(look.Hounsfield + random.Uniform(-8, 8), 22, 50),
                    Math.Clamp(look.T2 + random.Uniform(-0.5f, 0.5f), 1.1f, 2.7f)),
                Blur = 2,
            });
        }
        if (random.Chance(0.4f))
        {
            var cyst = Shape.Blob(random, centre + random.Direction() * 0.25f * radii, random.Uniform(0.35f, 0.65f) * radii, 0.25f);
            draft.Add(FindingKind.Cyst, cyst.And(p => mass.Distance(p) + 2), Solid);
        }
        if (random.Chance(0.15f))
            draft.Add(FindingKind.Calcification,
                Shape.Blob(random, centre + random.Direction() * 0.5f * radii, new(random.Uniform(1.5f, 4)), 0.4f),
                Solid, new() { Blur = 0.6f });
        return drawn;
    }

    /// <summary>A round mass on the dura that pushes the brain in, as dense as grey matter or denser, sometimes with calcium.</summary>
    public static bool Meningioma(Draft draft)
    {
        if (draft.Somewhere(place => place is Place.SurfaceCsf or Place.Cortex, (s, p) => s.Z > -18 && draft.FromSkull.At(p) < 6)
            is not { } centre)
            return false;
        var (random, size) = (draft.Random, draft.Random.Uniform(7, 19));
        var inwards = Vector3.Normalize(draft.Anatomy.Centre - centre);
        var middle = centre + 0.55f * size * inwards;
        draft.Push(MassEffect.Ball(draft.Anatomy, draft.FromSkull, middle, 1.3f * size, random.Uniform(0.3f, 0.5f) * size));
        var mass = Shape.Blob(random, middle, new(size, size * random.Uniform(0.8f, 1.2f), size * random.Uniform(0.8f, 1.2f)), 0.08f);
        if (random.Chance(0.5f))
            Fingers(draft, mass, random.Uniform(4, 15));
        var drawn = draft.Add(FindingKind.Tumour, mass, place => Solid(place) || place == Place.Dura,
            new() { Look = (random.Uniform(36, 56), random.Uniform(1.2f, 2)) });
        if (random.Chance(0.2f))
            draft.Add(FindingKind.Calcification, Shape.Blob(random, middle, new(random.Uniform(2, 0.5f * size)), 0.4f), Solid,
                new() { Strength = random.Uniform(0.3f, 1), Blur = 1 });
        return drawn;
    }

    /// <summary>A small metastasis in much oedema.</summary>
    public static bool Oedema(Draft draft)
    {
        if (draft.Somewhere(place => place == Place.White) is not { } centre)
            return false;
        var random = draft.Random;
        var seed = Shape.Blob(random, centre, Infarcts.Radii(random, 3, 8), 0.2f);
        var reach = random.Uniform(10, 28);
        if (random.Chance(0.6f))
            draft.Push(MassEffect.Ball(draft.Anatomy, draft.FromSkull, centre, 8 + reach / 2, random.Uniform(1, 4)));
        var drawn = Fingers(draft, seed, reach);
        if (random.Chance(0.7f))
            draft.Add(FindingKind.Tumour, seed, Solid);
        return drawn;
    }

    /// <summary>A cyst of the arachnoid or of the brain that pushes.</summary>
    public static bool Cyst(Draft draft)
    {
        var surface = draft.Random.Chance(0.6f);
        if (draft.Somewhere(place => surface ? place == Place.Cortex : place == Place.White,
            (_, p) => !surface || draft.FromSkull.At(p) < 8) is not { } centre)
            return false;
        var radii = Infarcts.Radii(draft.Random, 6, 17);
        var size = MathF.Cbrt(radii.X * radii.Y * radii.Z);
        draft.Push(MassEffect.Ball(draft.Anatomy, draft.FromSkull, centre, 1.3f * size, draft.Random.Uniform(0.2f, 0.5f) * size));
        return draft.Add(FindingKind.Cyst, Shape.Blob(draft.Random, centre, radii, 0.08f), Solid);
    }

    /// <summary>Oedema follows white matter and spares cortex, which gives it fingers.</summary>
    private static bool Fingers(Draft draft, Shape around, float reach) =>
        draft.Add(FindingKind.Oedema, around.Grown(draft.Random, reach), Places.IsWhite,
            new() { Strength = draft.Random.Uniform(0.8f, 1), Blur = 1.1f });
}
