using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>One random head as an analytic 3-D model: it gives the tissues at any point, and so any slice in either modality.</summary>
/// <remarks>Coordinates are patient LPS mm (x to the left, y to the back, z up; PS3.3 C.7.6.2.1.1), origin in the middle of the
/// third ventricle. Frontal horns and thalami lie at z 0..15, the vertex near +85, eyes and cerebellum at -40.</remarks>
public sealed class HeadPhantom
{
    private readonly HeadShape _shape;
    private readonly CortexFolds _folds;
    private readonly DeepStructures _deep;
    private readonly HindBrain _hind;
    private readonly Face _face;
    private readonly Findings? _findings;

    private HeadPhantom(PhantomOptions options)
    {
        var random = new PhantomRandom(PhantomRandom.Hash(options.Seed));
        Options = options;
        var age = random.Uniform(0, 1);
        _shape = new HeadShape(random);
        _folds = new CortexFolds(random, age);
        _deep = new DeepStructures(random, age, _shape.HalfAxes, options.LeftMarker);
        _hind = new HindBrain(random, _folds.Thickness);
        _face = new Face(random);
        Appearance = new PhantomAppearance(new PhantomRandom(PhantomRandom.Hash(options.Seed ^ 0xA11CE)), age);
        if (options.Findings is { } findings)
        {
            var found = new PhantomRandom(PhantomRandom.Hash(options.Seed ^ 0xF1D));
            _findings = new Findings(found, findings);
            Appearance.Find(found, findings);
        }
        Table = new PhantomTable(new PhantomRandom(PhantomRandom.Hash(options.Seed ^ 0x7AB1E)), _shape.HalfAxes.Y);
    }

    public PhantomOptions Options { get; }

    internal PhantomAppearance Appearance { get; }

    internal PhantomTable Table { get; }

    /// <summary>One head, drawn from plausible human ranges by the seed.</summary>
    public static HeadPhantom Sample(PhantomOptions options) => new(options);

    /// <summary>The tissue with the largest share of a 0.5 mm voxel at a point (LPS mm).</summary>
    public Tissue LabelAt(Vector3 point)
    {
        Span<float> fractions = stackalloc float[TissueMix.Count];
        MixAt(point, 0.5f, fractions);
        return TissueMix.Largest(fractions);
    }

    /// <summary>Fractions of the 16 tissues, summing to 1, in a voxel of <paramref name="width"/> mm at a point (LPS mm).</summary>
    /// <returns>Distance to the skin in mm, negative inside the head.</returns>
    public float MixAt(Vector3 point, float width, Span<float> fractions)
    {
        var mix = new TissueMix(fractions, width);
        var p = _shape.Deform(point);
        var inner = _shape.InnerTable(p);
        if (inner > 45)
            return inner - 35;
        if (inner < -14 && _shape.Floor(p) < -8)
        {
            mix.Over(Tissue.Csf, inner);
            PaintBrain(point, p, inner, ref mix);
            return inner - _shape.NominalThickness;
        }
        var skull = _shape.SkullThickness(p);
        var (muscle, fat) = _shape.SoftTissue(p);
        var outline = inner - skull - muscle - fat - _shape.SkinThickness;
        if (outline > width)
            return outline;
        mix.Over(Tissue.Skin, outline);
        mix.Over(Tissue.Fat, inner - skull - muscle - fat);
        mix.Over(Tissue.Muscle, inner - skull - muscle);
        var below = _shape.Floor(p);
        PaintSkull(p, inner, skull, below, ref mix);
        if (below > -6)
            _face.Paint(p, below, inner - skull, ref mix);
        var cavity = Math.Max(inner + _shape.Crest(p), below);
        if (cavity < width)
        {
            mix.Over(Tissue.Csf, cavity);
            PaintBrain(point, p, cavity, ref mix);
        }
        return outline;
    }

    /// <summary>Both images of one plane, with labels and the head's mask.</summary>
    public PhantomSlice Render(PhantomPlane plane) => new PhantomRenderer(this, plane).Render();

    /// <summary>The same, with pathology.</summary>
    internal PhantomSlice Render(PhantomPlane plane, SliceOverlay overlay) => new PhantomRenderer(this, plane, overlay).Render();

    /// <summary>An axial slice at a level, posed like a registered reference: centred and upright, except for
    /// a few mm and degrees that follow
    /// from the seed. Frontal horns and thalami lie at z 0..15.</summary>
    public PhantomSlice RenderSlice(float z, int size = 256, float spacing = 1) => Render(PlaneOf(z, size, spacing));

    /// <summary>The plane of <see cref="RenderSlice"/>.</summary>
    internal PhantomPlane PlaneOf(float z, int size = 256, float spacing = 1)
    {
        var random = new PhantomRandom(PhantomRandom.Hash(Options.Seed ^ 0x905E));
        var turns = new Vector3(random.Normal(0, 0.07f), random.Normal(0, 0.03f), random.Normal(0, 0.03f));
        var centre = new Vector3(random.Normal(0, 1.5f), random.Normal(0, 1.5f), z);
        return PhantomPlane.Axial(centre, size, spacing, turns) with { Thickness = random.Uniform(1, 5) };
    }

    /// <summary>Which part of the brain a point (LPS mm) belongs to, where tissues alone do not tell.</summary>
    internal BrainPart PartAt(Vector3 point)
    {
        var p = _shape.Deform(point);
        return _deep.IsInVentricle(p) ? BrainPart.Ventricle : HindBrain.PartAt(p);
    }

    /// <summary>Half the extent of the cranial cavity, mm.</summary>
    internal Vector3 HalfAxes => _shape.HalfAxes;

    private void PaintSkull(Vector3 p, float inner, float skull, float below, ref TissueMix mix)
    {
        // The vault ends a little below the base; the face and the neck are further down.
        mix.Over(Tissue.CorticalBone, Math.Max(inner - skull, below - 14));
        mix.Over(Tissue.Diploe, Math.Max(Math.Abs(inner - (skull / 2)) - ((skull / 2) - _shape.TableThickness), below - 12));
        if (p.Y < 0 && p.Z < _shape.SinusTop)
        {
            var across = Math.Abs(p.X) - _shape.SinusHalfWidth + (0.5f * Math.Abs(inner - (skull / 2)));
            mix.Over(Tissue.Air, Math.Max(Math.Max(Math.Abs(inner - (skull / 2)) - ((skull / 2) - 1), across), p.Z - _shape.SinusTop));
        }
    }

    private void PaintBrain(Vector3 point, Vector3 p, float inner, ref TissueMix mix)
    {
        var core = _deep.Core(p);
        var fromCsf = _folds.FromCsf(p, inner, core);
        mix.Over(Tissue.GreyMatter, -fromCsf);
        mix.Over(Tissue.WhiteMatter, _folds.Thickness - fromCsf);
        PaintMidline(p, inner, core, ref mix);
        _deep.Paint(p, point, ref mix);
        _hind.Paint(p, ref mix);
        _findings?.Paint(p, inner, ref mix);
    }

    private void PaintMidline(Vector3 p, float inner, float core, ref TissueMix mix)
    {
        var midline = Math.Abs(_folds.FromMidline(p));
        if (midline > 12)
            return;
        var reach = p.Y < 0 ? 24 : 42;
        mix.Over(Tissue.Dura, Math.Max(midline - 0.5f, Math.Max(-inner - reach, 3 - core)));
        var back = Math.Clamp(p.Y / 60, 0, 1);
        if (Options.Findings is { Contrast: not null } findings && !findings.Vessels.HasFlag(PhantomVessels.Sinuses))
            return;
        var radius = 1.4f + (2.8f * back);
        var sinus = MathF.Sqrt((midline * midline) + ((inner + radius) * (inner + radius))) - radius;
        mix.Over(Tissue.Blood, Math.Max(sinus, -14 - p.Z));
    }
}
