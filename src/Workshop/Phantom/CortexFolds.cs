using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>The surface between cortex and CSF: the brain's hull, its sulci, and the interhemispheric and Sylvian fissures.</summary>
internal sealed class CortexFolds
{
    private readonly SmoothWarp _wobble;
    private readonly WaveNoise _folds;
    private readonly WaveNoise _depths;
    private readonly WaveNoise _widths;
    private readonly WaveNoise _midline;
    private readonly float _gap;
    private readonly float _sulcus;
    private readonly float _depth;
    private readonly float _fissure;
    private readonly float _sylvian;
    private readonly float _radial;
    private readonly Vector3[] _insula;

    /// <param name="random">The anatomy's random stream.</param>
    /// <param name="age">0 young and tight .. 1 old and atrophic.</param>
    public CortexFolds(PhantomRandom random, float age)
    {
        var loss = age * age * age;   // most heads have lost little
        _wobble = new SmoothWarp(random, random.Uniform(1.2f, 2.6f), 16, 34);
        var spacing = random.Uniform(5.4f, 7.8f);
        _folds = new WaveNoise(random, 3, 1.7f * spacing, 2.5f * spacing);
        _depths = new WaveNoise(random, 1, 25, 60);
        _widths = new WaveNoise(random, 1, 22, 60);
        _midline = new WaveNoise(random, 1, 50, 120);
        Thickness = random.Uniform(2.6f, 3.8f);
        _gap = random.Uniform(0, 0.5f) + (1.8f * loss);
        _sulcus = random.Uniform(0.04f, 0.2f) + (0.55f * loss);
        _depth = random.Uniform(13, 19);
        _fissure = random.Uniform(0.4f, 0.9f) + (1.2f * loss);
        _sylvian = random.Uniform(0.25f, 0.7f) + (1.8f * loss);
        _radial = random.Uniform(0.3f, 0.5f);
        var shift = random.Normal(0, 2);
        _insula = [new(70, -14 + shift, 0), new(46, -6 + shift, 0), new(37, -20 + shift, 0), new(38, 14 + shift, 0)];
    }

    /// <summary>Cortical thickness, mm.</summary>
    public float Thickness { get; }

    /// <summary>x measured from the wavy midline plane, mm.</summary>
    public float FromMidline(Vector3 p) => p.X + (0.9f * _midline.Value(new Vector3(0, p.Y, p.Z)));

    /// <summary>Distance from the nearest CSF space of the cerebral surface, mm; negative in CSF.</summary>
    /// <param name="p">Point, mm.</param>
    /// <param name="inner">Distance to the inner table at the point, negative inside.</param>
    /// <param name="core">Distance to the core of the brain, which no fold enters; negative inside.</param>
    public float FromCsf(Vector3 p, float inner, float core)
    {
        var variation = 1 + (0.5f * _widths.Value(p));
        var hull = -inner - (_gap * variation);
        var midline = Math.Abs(FromMidline(p));
        var fissure = Reach(midline, -core) - _fissure;
        var warped = _wobble.Apply(p);
        var sylvian = Sylvian(warped);
        var depth = Math.Min(Math.Min(hull, midline + 3), Math.Max(sylvian, 0) + 6);
        var limit = _depth * (1 + (0.3f * _depths.Value(p)));
        var folds = Sheet(warped);
        var width = _sulcus * variation * (1.35f - (0.05f * Math.Clamp(depth, 0, 14)));
        var sulcus = Reach(folds, Math.Max(depth - limit, 5 - core)) - Math.Max(width, 0.05f);
        return Math.Min(Math.Min(hull, fissure), Math.Min(sulcus, sylvian));
    }

    /// <summary>Distance to the nearest sheet of a sulcus. The sheets are the zero set of a labyrinth that is stretched towards the
    /// centre.</summary>
    private float Sheet(Vector3 p)
    {
        var radius = p.Length();
        var stretched = p * ((((1 - _radial) * 62) / Math.Max(radius, 8)) + _radial);
        var value = _folds.Value(stretched, out var gradient);
        return Math.Abs(value) / MathF.Sqrt(gradient.LengthSquared() + 0.004f);
    }

    /// <summary>The Sylvian fissure goes in from the side to the insula, then along it. It is the same on both
    /// sides before the warp.</summary>
    private float Sylvian(Vector3 p)
    {
        var level = 0.25f * (p.Z - 4);
        var q = new Vector3(Math.Abs(p.X), p.Y - level, 0);
        var sheet = Math.Min(Segment(q, _insula[0], _insula[1]),
            Math.Min(Segment(q, _insula[1], _insula[2]), Segment(q, _insula[1], _insula[3])));
        return Reach(sheet, Math.Abs(p.Z - 4) - 19) - _sylvian;
    }

    private static float Reach(float across, float beyond) =>
        beyond > 0 ? MathF.Sqrt((across * across) + (beyond * beyond)) : across;

    private static float Segment(Vector3 p, Vector3 a, Vector3 b)
    {
        var ab = b - a;
        var t = Math.Clamp(Vector3.Dot(p - a, ab) / ab.LengthSquared(), 0, 1);
        return Vector3.Distance(p, a + (t * ab));
    }
}
