using System.Numerics;
using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.Tests.Pathology;

/// <summary>A head of nested ellipsoids on a grid of 2 mm, or one slice of it.</summary>
internal static class SimpleHead
{
    public static Anatomy Whole { get; } = Make(depth: 80);

    private static Anatomy Make(int depth)
    {
        const int Width = 84;
        const int Height = 100;
        var places = new Place[Width * Height * depth];
        var centre = new Vector3(83, 99, 79);
        for (var i = 0; i < places.Length; i++)
            places[i] = Of((2 * new Vector3(i % Width, i / Width % Height, i / Width / Height)) - centre);
        return Anatomy.OfHead(places, Width, Height, depth, spacing: 2);
    }

    /// <param name="p">mm from the middle of the brain.</param>
    private static Place Of(Vector3 p)
    {
        float Gauge(float x, float y, float z) => new Vector3(p.X / x, p.Y / y, p.Z / z).Length();
        var m = p with { X = Math.Abs(p.X) };
        float Lump(Vector3 at, Vector3 radii) => ((m - at) / radii).Length();
        if (Gauge(80, 96, 78) > 1)
            return Place.Outside;
        if (p.Y < -78 && p.Z < -20)
            return Math.Abs(p.X) < 20 && Gauge(77, 93, 75) < 1 ? Place.AirCell : Place.Scalp;
        if (Gauge(73, 89, 71) > 1)
            return Place.Scalp;
        if (Gauge(67, 83, 65) > 1)
            return Place.Bone;
        if (Gauge(63, 79, 61) > 1 || (Math.Abs(p.X) < 2 && p.Z > 5) || (p.Z < -25 && p.Y is > -20 and < 5 && Math.Abs(p.X) < 15))
            return Place.SurfaceCsf;
        if (Lump(new(13, 12, -5), new(6, 26, 9)) < 1)
            return Place.Ventricle;
        if (Lump(new(19, -2, -16), new(4, 8, 6)) < 1)
            return Place.Pallidum;
        if (Lump(new(12, 0, -14), new(12, 16, 9)) < 1)
            return Place.DeepGrey;
        if (p.Z < -30 && p.Y > 15)
            return Gauge(52, 72, 54) < 1 ? Place.CerebellarWhite : Place.CerebellarCortex;
        return Gauge(58, 74, 56) > 1 ? Place.Cortex : Place.White;
    }
}
