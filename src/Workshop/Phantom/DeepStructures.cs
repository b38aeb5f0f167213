using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>Structures in the core of the brain: ventricles, nuclei, calcifications. Distances in mm, negative inside.</summary>
internal sealed class DeepStructures
{
    // Centre line of the left lateral ventricle with its radius: frontal horn, body, atrium, temporal horn; then the occipital horn.
    private static readonly Vector4[] Line =
    [
        new(15.5f, -38, 5, 1.8f), new(8.5f, -32, 7, 2.8f), new(4.2f, -25, 9, 3.3f), new(3.8f, -14, 12, 2.8f), new(7, -4, 20, 3.4f),
        new(9, 7, 22, 3.6f), new(14, 19, 17, 4.2f), new(22, 29, 6, 5), new(31, 14, -14, 3), new(30, -6, -21, 2.4f),
    ];

    private readonly SmoothWarp _wobble;
    private readonly Vector3 _scale;
    private readonly float[] _size;
    private readonly float _horn;
    private readonly float _third;
    private readonly float _pineal;
    private readonly float[] _plexus;
    private readonly float _pallidumCalcified;
    private readonly float _nuclei;
    private readonly bool _marker;

    public DeepStructures(PhantomRandom random, float age, Vector3 halfAxes, bool leftMarker)
    {
        _wobble = new SmoothWarp(random, random.Uniform(0.5f, 1.3f), 22, 50);
        _scale = new Vector3(halfAxes.X / 66, halfAxes.Y / 82, halfAxes.Z / 71.5f);
        var ventricles = random.Uniform(0.5f, 0.95f) + (0.9f * age * age * age);
        _size = [ventricles * random.Normal(1, 0.1f), ventricles * random.Normal(1, 0.1f)];
        _horn = random.Uniform(0, 4);
        _third = random.Uniform(0.8f, 1.6f) + (2.6f * age * age * age);
        _pineal = random.Chance(0.35f + (0.35f * age)) ? random.Uniform(1, 3) : 0;
        _plexus = [random.Chance(0.45f) ? random.Uniform(1, 3) : 0, random.Chance(0.45f) ? random.Uniform(1, 3) : 0];
        _pallidumCalcified = random.Chance(0.06f) ? random.Uniform(1, 2.5f) : 0;
        _nuclei = random.Normal(1, 0.07f);
        _marker = leftMarker;
    }

    /// <summary>The block around the third ventricle that no cortical fold enters.</summary>
    public float Core(Vector3 p) => Ellipsoid(p, new(0, -5, 5), new(41 * _scale.X, 38 * _scale.Y, 21 * _scale.Z), 0);

    /// <summary>Within half a millimetre of the lateral ventricles or the third.</summary>
    public bool IsInVentricle(Vector3 deformed)
    {
        var p = _wobble.Apply(deformed) / _scale;
        return Lateral(p with { X = Math.Abs(p.X) }, _size[p.X > 0 ? 0 : 1]) < 0.5f
            || (Math.Abs(p.X) < _third + 0.5f && Ellipsoid(p, new(0, 0, -3), new(30, 12, 10), 0) < 0);
    }

    /// <param name="deformed">The point in the undeformed head.</param>
    /// <param name="point">The point, LPS mm.</param>
    /// <param name="mix">The tissues painted so far.</param>
    public void Paint(Vector3 deformed, Vector3 point, ref TissueMix mix)
    {
        var p = _wobble.Apply(deformed) / _scale;
        var side = p.X > 0 ? 0 : 1;
        var m = p with { X = Math.Abs(p.X) };
        mix.Over(Tissue.DeepGrey, Ellipsoid(m, new(10.5f, 2, 4), new Vector3(7.5f, 13.5f, 9) * _nuclei, 0.35f));
        mix.Over(Tissue.DeepGrey, Ellipsoid(m, new(11.5f, -24, 8), new Vector3(4.6f, 8.5f, 10) * _nuclei, 0.25f));
        mix.Over(Tissue.DeepGrey, Ellipsoid(m, new(25, -12, 4), new Vector3(6, 14.5f, 10.5f) * _nuclei, 0.25f));
        mix.Over(Tissue.Pallidum, Ellipsoid(m, new(19.5f, -8, 1), new Vector3(3.4f, 8.5f, 6) * _nuclei, 0.4f));
        PaintVentricles(p, m, side, ref mix);
        if (_pallidumCalcified > 0)
            mix.Over(Tissue.Calcification, Vector3.Distance(m, new(19, -8, 1)) - _pallidumCalcified);
        if (_pineal > 0)
            mix.Over(Tissue.Calcification, Vector3.Distance(p, new(0, 16.5f, 2)) - _pineal);
        if (_plexus[side] > 0)
            mix.Over(Tissue.Calcification, Vector3.Distance(m, new(22.5f, 26, 5)) - _plexus[side]);
        if (_marker)
            mix.Over(Tissue.Calcification, Vector3.Distance(point, new(28, -34, 14)) - 4);
    }

    private void PaintVentricles(Vector3 p, Vector3 m, int side, ref TissueMix mix)
    {
        // Cistern of the velum interpositum, a wedge between the thalami's back ends.
        mix.Over(Tissue.Csf, Math.Max(m.X - (0.35f * (p.Y - 6)) - (0.3f * _third), Math.Max(p.Y - 15, Math.Abs(p.Z - 8) - 4)));
        // The roof of the third ventricle and the cistern behind the pineal open into it.
        mix.Over(Tissue.Csf, Math.Max(Math.Abs(p.X) - (_third * (1 - (p.Y * p.Y / 200))), Ellipsoid(p, new(0, 0, -3), new(30, 12, 10), 0)));
        var cistern = Math.Abs(Vector3.Distance(m with { Z = 0.6f * p.Z }, new(0, 6, 0)) - (17.5f - (0.1f * m.X))) - (0.4f * _third) - 0.4f;
        mix.Over(Tissue.Csf, Math.Max(cistern, Math.Max(Math.Max(9 - p.Y, m.X - 14), Math.Abs(p.Z + 9) - 8)));
        if (p.Z > -30)
            mix.Over(Tissue.Csf, Math.Max(Lateral(m, _size[side]), 0.6f - m.X));
    }

    private float Lateral(Vector3 m, float size)
    {
        var best = float.MaxValue;
        for (var i = 0; i + 1 < Line.Length; i++)
            best = Math.Min(best, Tube(m, Line[i], Line[i + 1], size));
        if (_horn > 0.5f)
            best = Math.Min(best, Tube(m, new(22, 29, 5, 5), new(18, 42 + (3 * _horn), 3, 1.2f), size));
        return best;
    }

    /// <summary>A tapered tube, twice as high as wide, like the cross sections of the ventricle.</summary>
    private static float Tube(Vector3 p, Vector4 a, Vector4 b, float size)
    {
        var squash = new Vector3(1, 1, 0.5f);
        var start = new Vector3(a.X, a.Y, a.Z) * squash;
        var along = (new Vector3(b.X, b.Y, b.Z) * squash) - start;
        var offset = (p * squash) - start;
        var t = Math.Clamp(Vector3.Dot(offset, along) / along.LengthSquared(), 0, 1);
        return Vector3.Distance(offset, t * along) - (size * (a.W + (t * (b.W - a.W))));
    }

    /// <param name="p">Point.</param>
    /// <param name="centre">Centre.</param>
    /// <param name="radii">Half axes, mm.</param>
    /// <param name="yaw">Rotation about z as dx/dy: positive turns the back end outwards.</param>
    internal static float Ellipsoid(Vector3 p, Vector3 centre, Vector3 radii, float yaw)
    {
        var q = p - centre;
        q.X -= yaw * q.Y;
        var gauge = (q / radii).Length();
        return gauge < 0.05f ? -MathF.Min(radii.X, radii.Y) : q.Length() * (1 - (1 / gauge));
    }
}
