using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>The shells of the head: cranial cavity, skull with diploe, muscle, fat, skin. Distances in mm, negative inside.</summary>
internal sealed class HeadShape
{
    private readonly SmoothWarp _deform;
    private readonly WaveNoise _skullVariation;
    private readonly WaveNoise _fatVariation;
    private readonly Vector3 _halfAxes;
    private readonly float _square;
    private readonly float _taper;
    private readonly float _skull;
    private readonly float _table;
    private readonly float _temporalis;
    private readonly float _fat;
    private readonly float _skin;
    private readonly float _crest;

    public HeadShape(PhantomRandom random)
    {
        _deform = new SmoothWarp(random, random.Uniform(0.6f, 2.2f), 150, 300);
        _skullVariation = new WaveNoise(random, 1, 45, 120);
        _fatVariation = new WaveNoise(random, 1, 70, 200);
        var size = random.Normal(1, 0.035f);
        _halfAxes = new Vector3(random.Normal(66, 2.5f), random.Normal(82, 3), random.Normal(71.5f, 2.5f)) * size;
        _square = random.Uniform(0.1f, 0.55f);
        _taper = random.Uniform(0.05f, 0.16f);
        _skull = random.Uniform(4.8f, 9);
        _table = random.Uniform(1.2f, 2);
        _temporalis = random.Uniform(3, 9);
        _fat = random.Uniform(1.5f, 6);
        _skin = random.Uniform(1.8f, 3);
        _crest = random.Uniform(0, 6);
        SinusTop = random.Uniform(-32, 8);
        SinusHalfWidth = random.Uniform(8, 26);
        FloorTilt = random.Uniform(0.16f, 0.26f);
    }

    /// <summary>Highest level (mm) and half width (mm) of the frontal sinus.</summary>
    public float SinusTop { get; }

    public float SinusHalfWidth { get; }

    public float FloorTilt { get; }

    public Vector3 HalfAxes => _halfAxes;

    public float SkinThickness => _skin;

    public Vector3 Deform(Vector3 p) => _deform.Apply(p);

    /// <summary>Distance to the inner table along the ray from the centre, without the <see cref="Crest"/>. The floor of the cavity is
    /// <see cref="Floor"/>.</summary>
    public float InnerTable(Vector3 p)
    {
        var v = p.Y / _halfAxes.Y;
        var u = p.X / (_halfAxes.X * (1 + (_taper * Math.Clamp(v, -1.2f, 1.2f)) - (0.05f * Math.Min(v * v, 1.4f))));
        var w = p.Z / (p.Z > 0 ? _halfAxes.Z : 2.3f * _halfAxes.Z);
        var (u2, v2, w2) = (u * u, v * v, w * w);
        // From above the head is boxy, from the side an ellipse: heads taper towards the vertex.
        var flat = MathF.Sqrt(u2 + v2);
        flat += _square * (MathF.Sqrt(MathF.Sqrt((u2 * u2) + (v2 * v2))) - flat);
        var gauge = MathF.Sqrt((flat * flat) + w2);
        return gauge < 0.05f ? -_halfAxes.X : p.Length() * (1 - (1 / gauge));
    }

    /// <summary>Height in mm of bone that extends into the cavity at the midline: the frontal crest and the internal occipital
    /// protuberance.</summary>
    public float Crest(Vector3 p)
    {
        var midline = Math.Max(0, 1 - (Math.Abs(p.X) / 5));
        var front = Math.Clamp((-p.Y / _halfAxes.Y) - 0.7f, 0, 0.3f) * Math.Clamp((45 - p.Z) / 30, 0, 1);
        var back = Math.Clamp((p.Y / _halfAxes.Y) - 0.7f, 0, 0.3f) * Math.Clamp((25 - p.Z) / 20, 0, 1);
        return _crest * midline * midline * 3.3f * (front + (0.6f * back));
    }

    /// <summary>Distance above (negative) or below (positive) the base of the skull, which slopes down to the back.</summary>
    public float Floor(Vector3 p) =>
        -40 - (FloorTilt * p.Y) - p.Z + (3.5f * _skullVariation.Value(p)) + Math.Max(0, 5 - (0.3f * Math.Abs(p.X)));

    public float SkullThickness(Vector3 p)
    {
        var pole = Math.Abs(p.Y) / _halfAxes.Y;
        var side = Math.Clamp((Math.Abs(p.X) / _halfAxes.X) - 0.5f, 0, 0.5f) * Math.Clamp((30 - p.Z) / 40, 0, 1);
        return Math.Max(2.2f, _skull * (0.9f + (0.3f * pole * pole) - (0.5f * side) + (0.13f * _skullVariation.Value(p))));
    }

    /// <summary>Skull and scalp together, on average, mm.</summary>
    public float NominalThickness => _skull + _fat + _skin + 1.5f;

    public float TableThickness => _table;

    /// <summary>Thickness of muscle (temporalis at the sides, nuchal at the back below) and of fat, mm.</summary>
    public (float Muscle, float Fat) SoftTissue(Vector3 p)
    {
        var side = Math.Clamp((Math.Abs(p.X) / 50) - 0.7f, 0, 0.4f) * 2.5f;
        var along = Math.Clamp(1 - (Math.Abs(p.Y + 25) / 45), 0, 1);
        var below = Math.Clamp((38 - p.Z) / 40, 0, 1);
        var nuchal = Math.Clamp((p.Y - 40) / 40, 0, 1) * Math.Clamp((-20 - p.Z) / 25, 0, 1) * 18;
        var muscle = 1.2f + (_temporalis * side * along * below) + nuchal;
        return (muscle, Math.Max(0.6f, _fat * (1 + (0.25f * _fatVariation.Value(p)))));
    }
}
