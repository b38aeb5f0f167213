using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>Lesions of white matter: multiple sclerosis and small-vessel disease.</summary>
internal static class WhiteMatterDisease
{
    /// <summary>Ovoids across the ventricles' walls, some under the cortex and below the tentorium.</summary>
    public static bool MultipleSclerosis(Draft draft)
    {
        var random = draft.Random;
        var flat = draft.Anatomy.Depth == 1;
        var count = (int)random.Uniform(flat ? 2 : 8, flat ? 8 : 28);
        var look = FindingLook.Of(FindingKind.MultipleSclerosis).Draw(random);
        var drawn = false;
        for (var i = 0; i < count; i++)
        {
            var beside = random.Chance(0.7f);
            if (draft.Somewhere(
                Places.IsWhite, (s, p) => !beside || (s.Z > -10 && draft.FromVentricles.At(p) is > 1 and < 11)) is not { } at)
                continue;
            var (small, large) = (random.Uniform(1.6f, 3.6f), random.Uniform(2.5f, 7.5f));
            var along = beside ? draft.FromVentricles.Away(at) : random.Direction();
            drawn |= draft.Add(FindingKind.MultipleSclerosis, Ovoid(random, at, along, small, Math.Max(small, large)), Places.IsWhite, new()
            {
                Look = (look.Hounsfield + random.Uniform(-1.5f, 1.5f), look.T2 + random.Uniform(-0.2f, 0.3f)),
                Strength = random.Uniform(0.75f, 1),
            });
        }
        return drawn;
    }

    /// <summary>Caps and a rim along the ventricles, of varying width, and patches further out.</summary>
    public static bool SmallVessel(Draft draft)
    {
        var random = draft.Random;
        var (grade, noise, clouds) = (random.Uniform(0.25f, 1), new WaveNoise(random, 2, 14, 40), new WaveNoise(random, 3, 7, 22));
        var (low, high) = (draft.Anatomy.FromStandard(new(70, 75, -10)), draft.Anatomy.FromStandard(new(-70, -105, 62)));
        var box = (Low: Vector3.Min(low, high), High: Vector3.Max(low, high));
        float Caps(Vector3 p)
        {
            var (away, horns) = (draft.FromVentricles.At(p), Math.Abs(draft.Anatomy.ToStandard(p).Y + 12) / 30);
            return away > 15 ? away : away - grade * (2 + 5 * Math.Clamp(horns - 0.4f, 0, 1)) * (1 + 0.4f * noise.Value(p));
        }
        var patches = 2.4f - 1.2f * grade;
        float Patches(Vector3 p) => draft.FromVentricles.At(p) > 24 ? 1 : 2 * (patches - clouds.Value(p));
        var look = FindingLook.Of(FindingKind.SmallVessel).Draw(random);
        var drawn = draft.Add(FindingKind.SmallVessel, new(box.Low, box.High, Caps), place => place == Place.White,
            new() { Look = look, Strength = random.Uniform(0.7f, 1) });
        drawn |= draft.Add(FindingKind.SmallVessel, new(box.Low, box.High, Patches), place => place == Place.White,
            new() { Look = (look.Hounsfield + 1, look.T2 - 0.1f), Strength = random.Uniform(0.6f, 1) });
        for (var i = 0; i < 3 && random.Chance(grade); i++)
            drawn |= Lacune(draft);
        return drawn;
    }

    private static bool Lacune(Draft draft)
    {
        var random = draft.Random;
        if (draft.Somewhere(
            place => place is Place.White or Place.DeepGrey, (s, _) => Math.Abs(s.X) < 34 && s.Z is > -8 and < 30) is not { } at)
            return false;
        var shape = Ovoid(random, at, random.Direction(), random.Uniform(1.5f, 3), random.Uniform(2.5f, 5));
        return draft.Add(FindingKind.OldInfarct, shape, Places.IsBrain);
    }

    /// <summary>A spheroid around an axis.</summary>
    private static Shape Ovoid(PhantomRandom random, Vector3 centre, Vector3 axis, float small, float large)
    {
        var (noise, reach) = (new WaveNoise(random, 1, 4, 12), new Vector3(1.3f * large + 1));
        var along = axis == Vector3.Zero ? Vector3.UnitX : axis;
        return new(centre - reach, centre + reach, p =>
        {
            var q = p - centre;
            var far = Vector3.Dot(q, along);
            var gauge = MathF.Sqrt((q.LengthSquared() - far * far) / (small * small) + far * far / (large * large));
            return small * (gauge - 1) + 0.15f * small * noise.Value(p);
        });
    }
}
