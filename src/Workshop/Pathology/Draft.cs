using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>The findings of one head while they are drawn.</summary>
internal sealed class Draft
{
    private const float Blur = 0.9f;
    private const int Tries = 4000;

    private readonly List<FindingLayer> _findings = [];
    private Lazy<CoarseField> _skull;
    private Lazy<CoarseField> _ventricles;

    public Draft(Anatomy anatomy, PathologyOptions options)
    {
        (Anatomy, Options) = (anatomy, options);
        Random = new PhantomRandom(PhantomRandom.Hash(options.Seed ^ 0x111E55));
        Levels = options.Levels ?? (anatomy.FromStandard(new(0, 0, -22)).Z, anatomy.FromStandard(new(0, 0, 48)).Z);
        (_skull, _ventricles) = Fields();
    }

    /// <summary>After tissue was pushed aside.</summary>
    public Anatomy Anatomy { get; private set; }

    public PathologyOptions Options { get; }

    public PhantomRandom Random { get; }

    /// <summary>Between which an illness shows, mm of the grid.</summary>
    public (float Low, float High) Levels { get; }

    public MassEffect? MassEffect { get; private set; }

    public bool HasFindings => _findings.Count > 0;

    /// <summary>Depth under the inner table.</summary>
    public CoarseField FromSkull => _skull.Value;

    public CoarseField FromVentricles => _ventricles.Value;

    public Illness Finish() => new() { Findings = [.. _findings], MassEffect = MassEffect };

    /// <summary>Moves the brain before anything is painted.</summary>
    public void Push(MassEffect effect)
    {
        (MassEffect, Anatomy) = (effect.After(MassEffect), Anatomy.Moved(effect));
        (_skull, _ventricles) = Fields();
    }

    /// <summary>Lays a shape over what is there.</summary>
    /// <param name="kind">What it is; its look is drawn unless given.</param>
    /// <param name="shape">Where.</param>
    /// <param name="allowed">Places that it covers.</param>
    /// <param name="stroke">How.</param>
    /// <returns>Whether any of it lies on the grid.</returns>
    public bool Add(FindingKind kind, Shape shape, Predicate<Place> allowed, Stroke? stroke = null)
    {
        stroke ??= new();
        var (hounsfield, t2) = stroke.Look ?? FindingLook.Of(kind).Draw(Random);
        var mask = MaskPainter.Paint(Anatomy, shape, allowed, stroke.Blur ?? Blur);
        if (mask is null)
            return false;
        if (stroke.Strength < 1)
            mask = new(mask.Start, mask.Size, Array.ConvertAll(mask.Values, value => value * stroke.Strength));
        _findings.Add(new() { Kind = kind, Mask = mask, Hounsfield = hounsfield, T2 = t2 });
        return true;
    }

    /// <summary>A random voxel's centre among some places at the levels that show; null if none was found.</summary>
    /// <param name="wanted">The place.</param>
    /// <param name="where">A condition on the point in standard coordinates and on itself.</param>
    public Vector3? Somewhere(Predicate<Place> wanted, Func<Vector3, Vector3, bool>? where = null)
    {
        for (var i = 0; i < Tries; i++)
        {
            var box = new Vector3(Random.Uniform(-1.08f, 1.08f), Random.Uniform(-1.08f, 1.08f), Random.Uniform(-1.3f, 1.08f));
            var p = Anatomy.Centre + box * Anatomy.Half;
            p.Z = Anatomy.Depth == 1 ? Anatomy.Origin.Z : p.Z;
            if (p.Z >= Levels.Low && p.Z <= Levels.High && wanted(Anatomy.PlaceAt(p)) && (where?.Invoke(Anatomy.ToStandard(p), p) ?? true))
                return p;
        }
        return null;
    }

    private (Lazy<CoarseField> Skull, Lazy<CoarseField> Ventricles) Fields()
    {
        var anatomy = Anatomy;
        return (new(() => CoarseField.DistanceTo(anatomy, place => !Places.IsIntracranial(place))),
            new(() => CoarseField.DistanceTo(anatomy, place => place == Place.Ventricle)));
    }
}
