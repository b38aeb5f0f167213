using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>How something that takes room pushes the brain aside. Nothing moves at the skull, and nothing folds.</summary>
public sealed class MassEffect
{
    private const float LeastJacobian = 0.25f;
    private const float Clear = 22;

    /// <summary>Share of a layer's thickness that the brain gives way; CSF gives way for the rest.</summary>
    private const float Held = 0.8f;

    /// <summary>Tissue that comes from nearer to the skull than this would be partly bone, mm.</summary>
    private const float Margin = 2.2f;

    private readonly Anatomy _anatomy;
    private readonly Func<Vector3, Vector3> _push;
    private float _strength = 1;
    private MassEffect? _before;

    private MassEffect(Anatomy anatomy, Func<Vector3, Vector3> push) => (_anatomy, _push) = (anatomy, push);

    /// <summary>z of the first plane of the anatomy that it was drawn into, mm.</summary>
    internal float Level => _anatomy.Origin.Z;

    /// <summary>Where the tissue that now lies at a point (mm) came from. What lies within the skull came from within it.</summary>
    public Vector3 Source(Vector3 point)
    {
        var source = OwnSource(point);
        return _before is null ? source : _before.Source(source);
    }

    /// <summary>The same on top of an earlier one.</summary>
    internal MassEffect After(MassEffect? before) => new(_anatomy, _push) { _strength = _strength, _before = before };

    /// <summary>A ball of a radius around a centre pushes outwards: by <paramref name="by"/> mm at its surface, less and less
    /// beyond.</summary>
    internal static MassEffect Ball(Anatomy anatomy, CoarseField fromSkull, Vector3 centre, float radius, float by)
    {
        return new MassEffect(anatomy, Push).Tamed(centre, 3 * radius);

        Vector3 Push(Vector3 p)
        {
            var r = (p - centre) / radius;
            var share = Math.Clamp(fromSkull.At(p) / Clear, 0, 1);
            return share * by * MathF.Exp(0.5f * (1 - r.LengthSquared())) * r;
        }
    }

    /// <summary>A layer between skull and brain pushes the brain inwards, less and less up to the skull of the other side.</summary>
    /// <param name="anatomy">The head.</param>
    /// <param name="fromSkull">Depth under the inner table.</param>
    /// <param name="thickness">mm at a point.</param>
    /// <param name="middle">A point in the middle of the layer.</param>
    internal static MassEffect Layer(Anatomy anatomy, CoarseField fromSkull, Func<Vector3, float> thickness, Vector3 middle)
    {
        var across = anatomy.Centre - middle;
        var inwards = Vector3.Normalize(across);
        return new MassEffect(anatomy, Push).Tamed(middle, 70);

        Vector3 Push(Vector3 p)
        {
            var by = thickness(p);
            if (by <= 0)
                return Vector3.Zero;
            var way = Math.Clamp(Vector3.Dot(p - middle, inwards) / (2 * across.Length()), 0, 1);
            return Math.Min(Held * by * (1 - way), Math.Max(0, fromSkull.At(p) - Margin)) * inwards;
        }
    }

    /// <summary>Some places widen to every side, the wide ones by up to <paramref name="by"/> mm; what lies around them gives way less and
    /// less.</summary>
    internal static MassEffect Swelling(Anatomy anatomy, CoarseField fromSkull, Predicate<Place> swollen, float by)
    {
        const float Sigma = 7;
        var (share, steepest) = (CoarseField.ShareOf(anatomy, swollen, Sigma), 0.4f / Sigma);
        return new MassEffect(anatomy, Push).Tamed(anatomy.Centre, 60);

        Vector3 Push(Vector3 p)
        {
            var free = Math.Clamp(fromSkull.At(p) / Clear, 0, 1);
            return -free * by / steepest * share.Gradient(p);
        }
    }

    /// <summary>Weakened until volumes shrink to no less than a quarter anywhere within reach of the middle.</summary>
    private MassEffect Tamed(Vector3 middle, float reach)
    {
        while (_strength > 0.05f && Least(middle, reach) < LeastJacobian)
            _strength *= 0.8f;
        return this;
    }

    private float Least(Vector3 middle, float reach)
    {
        var (least, step) = (float.MaxValue, 4f);
        var up = _anatomy.Depth == 1 ? 0 : reach;
        for (var z = -up; z <= up; z += step)
            for (var y = -reach; y <= reach; y += step)
                for (var x = -reach; x <= reach; x += step)
                    if (middle + new Vector3(x, y, z) is var p && Places.IsIntracranial(_anatomy.PlaceAt(p)))
                        least = Math.Min(least, Jacobian(p));
        return least;
    }

    /// <summary>Change of volume (of area, in a slice) of the map back at a point.</summary>
    internal float Jacobian(Vector3 p)
    {
        var (x, y) = (Slope(Vector3.UnitX), Slope(Vector3.UnitY));
        var own = _anatomy.Depth == 1 ? x.X * y.Y - x.Y * y.X : Vector3.Dot(Vector3.Cross(x, y), Slope(Vector3.UnitZ));
        return _before is null ? own : own * _before.Jacobian(OwnSource(p));

        Vector3 Slope(Vector3 d) => d - _strength * (_push(p + d / 2) - _push(p - d / 2));
    }

    private Vector3 OwnSource(Vector3 point)
    {
        if (!Places.IsIntracranial(_anatomy.PlaceAt(point)))
            return point;
        var push = _strength * _push(point);
        for (var i = 0; i < 5; i++, push *= 0.5f)
            if (Places.IsIntracranial(_anatomy.PlaceAt(point - push)))
                return point - push;
        return point;
    }
}
