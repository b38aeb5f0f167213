using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>Infarcts: of a territory, by a real mask where there are any, otherwise a wedge or a lacune.</summary>
internal static class Infarcts
{
    /// <summary>Cytotoxic oedema: grey and white matter lose density alike; grey matter stays a little brighter on T2.</summary>
    public static bool Acute(Draft draft)
    {
        if (Territory(draft) is not { } shape)
            return false;
        var (hounsfield, t2) = FindingLook.Of(FindingKind.AcuteInfarct).Draw(draft.Random);
        var strength = draft.Random.Uniform(0.8f, 1);
        var white = draft.Add(FindingKind.AcuteInfarct, shape, Places.IsWhite, new() { Look = (hounsfield, t2), Strength = strength });
        var grey = draft.Add(FindingKind.AcuteInfarct, shape, Places.IsGrey,
            new() { Look = (hounsfield + draft.Random.Uniform(1, 5), t2 + draft.Random.Uniform(0.1f, 0.3f)), Strength = strength });
        return white || grey;
    }

    /// <summary>A cavity within scarred brain.</summary>
    public static bool Old(Draft draft)
    {
        if (Territory(draft) is not { } shape)
            return false;
        var scar = draft.Add(FindingKind.OldInfarct, shape, Places.IsBrain,
            new() { Look = (draft.Random.Uniform(17, 24), draft.Random.Uniform(1.8f, 2.8f)) });
        var wall = draft.Random.Uniform(1.2f, 3);
        var cavity = shape with { Distance = p => shape.Distance(p) + wall };
        draft.Add(FindingKind.OldInfarct, cavity, place => Places.IsBrain(place) || place == Place.SurfaceCsf);
        return scar;
    }

    private static Shape? Territory(Draft draft)
    {
        var random = draft.Random;
        if (draft.Options.Masks is { } masks && random.Chance(0.7f))
        {
            float Level(float z) => draft.Anatomy.ToStandard(draft.Anatomy.Centre with { Z = z }).Z;
            if (masks.Draw(random, draft.Anatomy, Level(draft.Levels.Low) - 3, Level(draft.Levels.High) + 3) is { } real)
                return real;
        }
        if (random.Chance(0.3f))
            return draft.Somewhere(place => place is Place.White or Place.DeepGrey or Place.Pallidum or Place.Stem, (standard, _) =>
                Math.Abs(standard.X) < 36) is { } small
                ? Shape.Blob(random, small, Radii(random, 3, 7), 0.2f)
                : null;
        return draft.Somewhere(place => place is Place.Cortex or Place.CerebellarCortex) is { } cortex
            ? Wedge(random, draft.Anatomy, cortex)
            : null;
    }

    public static Vector3 Radii(PhantomRandom random, float low, float high)
    {
        var size = random.Uniform(low, high);
        return new(size * random.Uniform(0.75f, 1.25f), size * random.Uniform(0.75f, 1.4f), size * random.Uniform(0.8f, 1.3f));
    }

    /// <summary>A cone from deep in the hemisphere to its surface, as the branches of an artery fan out.</summary>
    private static Shape Wedge(PhantomRandom random, Anatomy anatomy, Vector3 cortex)
    {
        var standard = anatomy.ToStandard(cortex);
        var below = standard.Z < -18 && standard.Y < -35;
        var side = MathF.Sign(standard.X);
        var deep = below ? new Vector3(side * 12, -52, -32) : new Vector3(side * 24, standard.Y * 0.5f - 6, 20);
        var (tip, noise) = (anatomy.FromStandard(deep), new WaveNoise(random, 2, 14, 50));
        var axis = Vector3.Normalize(cortex - tip);
        var (half, rough) = (random.Uniform(0.22f, 0.75f), random.Uniform(2, 4.5f));
        var start = random.Uniform(0, 0.5f) * Vector3.Distance(cortex, tip);
        var reach = new Vector3(12 + (Vector3.Distance(cortex, tip) + 25));
        return new(tip - reach, tip + reach, p =>
        {
            var along = Vector3.Dot(p - tip, axis);
            var across = (p - tip - along * axis).Length();
            var cone = across * MathF.Cos(half) - along * MathF.Sin(half);
            return MathF.Max(cone, start - along) + rough * noise.Value(p);
        });
    }
}
