using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>The large vessels of the brain as chains of tapered tubes; schematic. Places in the undeformed head's mm.</summary>
internal sealed class VesselTree
{
    // Places and radii (w) of the left side's vessels, or of those in the middle.
    private static readonly Dictionary<PhantomVessels, Vector4[][]> Chains = new()
    {
        [PhantomVessels.Base] =
        [
            [new(9, -17, -44, 2.2f), new(11, -17, -27, 2.1f), new(20, -15, -26, 1.7f)],
            [new(11, -17, -27, 1.3f), new(2, -24, -25, 1.3f)],
            [new(0, -5, -44, 1.8f), new(0, -10, -25, 1.6f), new(11, -2, -23, 1.3f), new(11, -17, -27, 0.9f)],
        ],
        [PhantomVessels.Branches] =
        [
            [new(20, -15, -26, 1.7f), new(37, -12, -18, 1.5f), new(42, 2, -6, 1.2f), new(43, 15, 8, 1.1f), new(42, 26, 20, 0.8f)],
            [new(37, -12, -18, 1.2f), new(42, -18, -2, 1.1f), new(41, -20, 14, 0.8f)],
            [new(2, -24, -25, 1.2f), new(1.5f, -40, -6, 1.2f), new(1.5f, -38, 16, 1.1f), new(1.5f, -20, 30, 1), new(1.5f, 12, 34, 0.8f)],
            [new(11, -2, -23, 1.3f), new(20, 14, -18, 1.2f), new(18, 34, -8, 1.1f), new(12, 54, 0, 0.8f)],
        ],
        [PhantomVessels.DeepVeins] =
        [
            [new(1.6f, -10, 10, 0.9f), new(1.6f, 16, 9, 1.2f), new(0, 26, 11, 1.8f)],
            [new(0, 26, 11, 1.9f), new(0, 72, -12, 2.4f)],
        ],
        [PhantomVessels.Sinuses] = [],
    };

    private const float TransverseHeight = -15;

    private readonly Vector4[][] _chains;
    private readonly bool _sinuses;
    private readonly SmoothWarp _wobble;

    public VesselTree(PhantomRandom random, PhantomVessels which, float calibre)
    {
        _wobble = new(random, 1.2f, 20, 50);
        _sinuses = which.HasFlag(PhantomVessels.Sinuses);
        _chains = [.. Chains.Where(group => which.HasFlag(group.Key)).SelectMany(group => group.Value)
            .Select(chain => Array.ConvertAll(chain, at => at with { W = at.W * calibre }))];
    }

    /// <param name="p">Point.</param>
    /// <param name="inner">Distance to the inner table, on which the transverse sinuses lie.</param>
    /// <returns>Distance to the nearest vessel's wall, mm, negative inside.</returns>
    public float Distance(Vector3 p, float inner)
    {
        var warped = _wobble.Apply(p);
        var m = warped with { X = Math.Abs(warped.X) };
        var best = _sinuses ? Transverse(p, inner) : float.MaxValue;
        foreach (var chain in _chains)
            for (var i = 0; i + 1 < chain.Length; i++)
                best = Math.Min(best, Tube(m, chain[i], chain[i + 1]));
        return best;
    }

    private static float Transverse(Vector3 p, float inner)
    {
        const float Radius = 3.5f;
        var up = p.Z - TransverseHeight;
        return Math.Max(MathF.Sqrt((up * up) + ((inner + Radius) * (inner + Radius))) - Radius, 25 - p.Y);
    }

    private static float Tube(Vector3 p, Vector4 from, Vector4 to)
    {
        var start = new Vector3(from.X, from.Y, from.Z);
        var along = new Vector3(to.X, to.Y, to.Z) - start;
        var t = Math.Clamp(Vector3.Dot(p - start, along) / along.LengthSquared(), 0, 1);
        return Vector3.Distance(p, start + (t * along)) - (from.W + (t * (to.W - from.W)));
    }
}
