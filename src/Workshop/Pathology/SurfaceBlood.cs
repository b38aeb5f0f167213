using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>Blood between skull and brain: a crescent under the dura, a lens outside it. Both press the brain inwards.</summary>
internal static class SurfaceBlood
{
    public static bool AcuteSubdural(Draft draft) => Crescent(draft, FindingKind.AcuteSubdural, draft.Random.Uniform(6, 14));

    /// <summary>Weeks old; often layered, the denser part at the back.</summary>
    public static bool ChronicSubdural(Draft draft) => Crescent(draft, FindingKind.ChronicSubdural, draft.Random.Uniform(8, 19));

    public static bool Epidural(Draft draft)
    {
        var random = draft.Random;
        if (OnInnerTable(draft, -40, 45) is not { } middle)
            return false;
        var (thick, wide) = (random.Uniform(8, 24), random.Uniform(22, 40));
        float Thickness(Vector3 p) => thick * AboveBase(draft, p) * (1 - Vector3.DistanceSquared(p, middle) / (wide * wide));
        return Layer(draft, FindingKind.Epidural, middle, Thickness, wide);
    }

    private static bool Crescent(Draft draft, FindingKind kind, float thick)
    {
        var random = draft.Random;
        if (OnInnerTable(draft, -40, 15) is not { } middle)
            return false;
        var (along, up, noise) = (random.Uniform(40, 68), random.Uniform(32, 50), new WaveNoise(random, 1, 30, 80));
        var side = MathF.Sign(middle.X - draft.Anatomy.Centre.X);
        float Thickness(Vector3 p)
        {
            var (y, z) = ((p.Y - middle.Y) / along, (p.Z - middle.Z) / up);
            var across = Math.Clamp((side * (p.X - draft.Anatomy.Centre.X) - 4) / 30, 0, 1);
            return thick * across * AboveBase(draft, p) * (1 - y * y - z * z) * (1 + 0.15f * noise.Value(p));
        }
        return Layer(draft, kind, middle, Thickness, Math.Max(along, up) + 20);
    }

    private static bool Layer(Draft draft, FindingKind kind, Vector3 middle, Func<Vector3, float> thickness, float wide)
    {
        draft.Push(MassEffect.Layer(draft.Anatomy, draft.FromSkull, thickness, middle));
        var field = draft.FromSkull;
        var reach = new Vector3(wide + 10);
        var shape = new Shape(middle - reach, middle + reach, p => thickness(p) is > 0 and var by ? field.At(p) - by : 2);
        var look = FindingLook.Of(kind).Draw(draft.Random);
        var drawn = draft.Add(kind, shape, Places.IsIntracranial, new() { Look = look, Blur = 0.7f });
        if (kind == FindingKind.ChronicSubdural && draft.Random.Chance(0.4f))
        {
            var level = middle.Y + draft.Random.Uniform(-15, 25);
            draft.Add(FindingKind.AcuteSubdural, shape.And(p => level - p.Y), Places.IsIntracranial, new()
            {
                Look = (draft.Random.Uniform(42, 60), draft.Random.Uniform(0.7f, 1.6f)),
                Blur = 1.6f,
            });
        }
        return drawn;
    }

    /// <summary>0 at the base of the skull, 1 over the convexity.</summary>
    private static float AboveBase(Draft draft, Vector3 p) => Math.Clamp((draft.Anatomy.ToStandard(p).Z + 24) / 14, 0, 1);

    /// <summary>A point at the inner table of one side, between two places from back to front (standard y, mm).</summary>
    private static Vector3? OnInnerTable(Draft draft, float back, float front) => draft.Somewhere(
        Places.IsIntracranial,
        (s, p) => Math.Abs(s.X) > 38 && s.Y >= back && s.Y <= front && s.Z > -5 && draft.FromSkull.At(p) < 3);
}
