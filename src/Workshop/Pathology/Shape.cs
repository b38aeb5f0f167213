using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>A body in mm: its distance function, negative inside, and a box that holds it.</summary>
internal sealed record Shape(Vector3 Low, Vector3 High, Func<Vector3, float> Distance)
{
    /// <summary>An ellipsoid whose surface a smooth noise roughens.</summary>
    /// <param name="random">Turn and noise.</param>
    /// <param name="centre">mm.</param>
    /// <param name="radii">Half axes, mm.</param>
    /// <param name="rough">Standard deviation of the surface, relative to the smallest radius.</param>
    public static Shape Blob(PhantomRandom random, Vector3 centre, Vector3 radii, float rough = 0.2f)
    {
        var (small, large) = (MathF.Min(radii.X, MathF.Min(radii.Y, radii.Z)), MathF.Max(radii.X, MathF.Max(radii.Y, radii.Z)));
        var noise = new WaveNoise(random, 2, 0.9f * small + 2, 2.5f * small + 5);
        var turn = Quaternion.CreateFromAxisAngle(random.Direction(), random.Uniform(0, 0.6f));
        var reach = new Vector3((1 + 2.5f * rough) * large + 2);
        return new(centre - reach, centre + reach, p =>
            DeepStructures.Ellipsoid(Vector3.Transform(p - centre, turn), Vector3.Zero, radii, 0) + rough * small * noise.Value(p));
    }

    /// <summary>This and a margin around it, of a width that varies smoothly by about a third.</summary>
    public Shape Grown(PhantomRandom random, float margin)
    {
        var noise = new WaveNoise(random, 2, 12, 40);
        var reach = new Vector3(2 * margin);
        return new(Low - reach, High + reach, p => Distance(p) - margin * Math.Max(0.2f, 1 + 0.33f * noise.Value(p)));
    }

    /// <summary>The layer under the surface, of a thickness in mm.</summary>
    public Shape Rim(float thickness) => this with { Distance = p => MathF.Abs(Distance(p) + thickness / 2) - thickness / 2 };

    public Shape Without(Shape other) => this with { Distance = p => MathF.Max(Distance(p), -other.Distance(p)) };

    public Shape And(Func<Vector3, float> distance) => this with { Distance = p => MathF.Max(Distance(p), distance(p)) };
}
