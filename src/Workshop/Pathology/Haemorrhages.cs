using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>Blood in the brain, in the ventricles and in the cisterns.</summary>
internal static class Haemorrhages
{
    private static readonly Predicate<Place> Solid = place => Places.IsBrain(place) || place is Place.SurfaceCsf or Place.Dura;

    /// <summary>A haematoma with oedema around it, and room of its own; sometimes it breaks into the ventricles.</summary>
    public static bool Acute(Draft draft)
    {
        if (Centre(draft) is not { } centre)
            return false;
        var random = draft.Random;
        var below = Places.IsCerebellum(draft.Anatomy.PlaceAt(centre)) || draft.Anatomy.PlaceAt(centre) == Place.Stem;
        var radii = Infarcts.Radii(random, 5, below ? 11 : random.Chance(0.3f) ? 24 : 15);
        var size = MathF.Cbrt(radii.X * radii.Y * radii.Z);
        draft.Push(MassEffect.Ball(draft.Anatomy, draft.FromSkull, centre, 1.3f * size, random.Uniform(0.2f, 0.45f) * size));
        var blood = Shape.Blob(random, centre, radii, random.Uniform(0.1f, 0.25f));
        draft.Add(FindingKind.Oedema, blood.Grown(random, random.Uniform(1.5f, 7)), Places.IsBrain,
            new() { Strength = random.Uniform(0.7f, 1) });
        var drawn = random.Chance(0.12f) ? Hours(draft, blood) : Days(draft, blood, centre, radii);
        if (random.Chance(0.25f))
            Ventricular(draft);
        return drawn;
    }

    /// <summary>Not yet deoxygenated: bright on T2 but for its rim.</summary>
    private static bool Hours(Draft draft, Shape blood)
    {
        var (random, hounsfield) = (draft.Random, draft.Random.Uniform(54, 68));
        var drawn = draft.Add(FindingKind.AcuteBlood, blood, Solid, new() { Look = (hounsfield, random.Uniform(1.3f, 2.1f)) });
        return draft.Add(FindingKind.AcuteBlood, blood.Rim(random.Uniform(1.5f, 3)), Solid,
            new() { Look = (hounsfield, random.Uniform(0.4f, 0.7f)), Strength = 0.9f }) || drawn;
    }

    private static bool Days(Draft draft, Shape blood, Vector3 centre, Vector3 radii)
    {
        var look = FindingLook.Of(FindingKind.AcuteBlood).Draw(draft.Random);
        var drawn = draft.Add(FindingKind.AcuteBlood, blood, Solid, new() { Look = look });
        if (draft.Random.Chance(0.4f))
            Mixed(draft, blood, centre, radii, look);
        return drawn;
    }

    /// <summary>Weeks old: nearly as dense as brain, bright on T2, in a dark shell of haemosiderin.</summary>
    public static bool Old(Draft draft)
    {
        if (Centre(draft) is not { } centre)
            return false;
        var random = draft.Random;
        var blood = Shape.Blob(random, centre, Infarcts.Radii(random, 5, 14), 0.18f);
        draft.Add(FindingKind.Oedema, blood.Grown(random, random.Uniform(1, 4)), Places.IsBrain, new() { Strength = 0.8f });
        var drawn = draft.Add(FindingKind.OldBlood, blood, Solid);
        var shell = blood.Rim(random.Uniform(1.4f, 2.6f));
        draft.Add(FindingKind.OldBlood, shell, Solid,
            new() { Look = (random.Uniform(32, 48), random.Uniform(0.2f, 0.5f)), Strength = 0.9f, Blur = 0.6f });
        return drawn;
    }

    /// <summary>Blood in cisterns around the base and in one Sylvian fissure; at levels above them, in sulci.</summary>
    public static bool Subarachnoid(Draft draft)
    {
        var random = draft.Random;
        var side = random.Chance(0.5f) ? 1 : -1;
        var centre = draft.Anatomy.FromStandard(new(side * random.Uniform(10, 38), random.Uniform(-8, 18), random.Uniform(-18, 2)));
        if (centre.Z + 15 < draft.Levels.Low || centre.Z - 15 > draft.Levels.High)
        {
            if (draft.Somewhere(place => place == Place.SurfaceCsf) is not { } sulcus)
                return false;
            centre = sulcus;
        }
        var shape = Shape.Blob(random, centre, new(random.Uniform(25, 42), random.Uniform(28, 45), random.Uniform(18, 34)), 0.3f);
        var drawn = draft.Add(FindingKind.Subarachnoid, shape, place => place == Place.SurfaceCsf,
            new() { Strength = random.Uniform(0.7f, 1), Blur = 0.7f });
        if (random.Chance(0.3f))
            Ventricular(draft);
        return drawn;
    }

    /// <summary>Blood sinks to the back of the ventricles of a patient who lies.</summary>
    private static void Ventricular(Draft draft)
    {
        var level = draft.Anatomy.FromStandard(new(0, draft.Random.Uniform(-45, -5), 0)).Y;
        var reach = new Vector3(60, 80, 50);
        var middle = draft.Anatomy.FromStandard(new(0, -30, 5));
        draft.Add(FindingKind.Ventricular, new(middle - reach, middle + reach, p => level - p.Y), place => place == Place.Ventricle,
            new() { Strength = draft.Random.Uniform(0.75f, 1) });
    }

    /// <summary>A part that has clotted differently.</summary>
    private static void Mixed(Draft draft, Shape blood, Vector3 centre, Vector3 radii, (float Hounsfield, float T2) look)
    {
        var random = draft.Random;
        var part = Shape.Blob(random, centre + random.Direction() * 0.4f * radii, 0.55f * radii, 0.3f).And(p => blood.Distance(p) + 1);
        draft.Add(FindingKind.AcuteBlood, part, Solid, new()
        {
            Look = (Math.Clamp(look.Hounsfield + random.Uniform(-12, 8), 48, 80),
                Math.Clamp(look.T2 + random.Uniform(-0.4f, 0.5f), 0.3f, 1.4f)),
            Blur = 1.6f,
        });
    }

    /// <summary>Half lie in the basal ganglia and thalamus, a third in a lobe, the others below the tentorium, where the levels let
    /// them.</summary>
    private static Vector3? Centre(Draft draft)
    {
        var draw = draft.Random.Uniform(0, 1);
        var deep = draw < 0.5f;
        return (draw < 0.85f ? null : draft.Somewhere(place => Places.IsCerebellum(place) || place == Place.Stem))
            ?? (deep
                ? draft.Somewhere(place => place is Place.DeepGrey or Place.Pallidum, (s, _) => s.Z > -12 && Math.Abs(s.X) is > 9 and < 34)
                : null)
            ?? draft.Somewhere(place => place == Place.White, (_, p) => draft.FromSkull.At(p) > 9);
    }
}
