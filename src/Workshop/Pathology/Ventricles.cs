using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>Ventricles under pressure.</summary>
internal static class Ventricles
{
    /// <summary>They widen by some millimetres to every side, and press water into the white matter at their horns.</summary>
    public static bool Hydrocephalus(Draft draft)
    {
        var random = draft.Random;
        for (var i = (int)random.Uniform(1, 4); i > 0; i--)
            draft.Push(MassEffect.Swelling(draft.Anatomy, draft.FromSkull, place => place == Place.Ventricle, random.Uniform(5, 12)));
        var (width, anatomy) = (random.Uniform(2, 6), draft.Anatomy);
        var (low, high) = (anatomy.FromStandard(new(70, 75, -30)), anatomy.FromStandard(new(-70, -105, 62)));
        var shape = new Shape(Vector3.Min(low, high), Vector3.Max(low, high), p =>
        {
            var (away, horns) = (draft.FromVentricles.At(p), Math.Abs(anatomy.ToStandard(p).Y + 12) / 35);
            return away - (width * Math.Clamp(horns, 0.15f, 1));
        });
        return draft.Add(FindingKind.Oedema, shape, place => place == Place.White,
            new() { Strength = random.Uniform(0.6f, 1), Blur = 1.3f });
    }
}
