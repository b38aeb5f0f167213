using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>Paints <see cref="PhantomFindings"/>. Distances in mm, negative inside.</summary>
internal sealed class Findings
{
    private readonly PhantomFindings _what;
    private readonly VesselTree _vessels;
    private readonly Vector3[] _plexus;
    private readonly float _plexusRadius;
    private readonly float _pineal;
    private readonly float _pallidum;
    private readonly (Vector3 Centre, Vector3 Radii) _falx;
    private readonly (Vector3 Centre, Vector3 Radii) _haematoma;
    private readonly (Vector3 Centre, float Radius) _tumour;
    private readonly (float Side, float Thickness) _subdural;

    /// <param name="random">A stream of its own, so that the anatomy is that of the same head without findings.</param>
    /// <param name="what">What to paint.</param>
    public Findings(PhantomRandom random, PhantomFindings what)
    {
        _what = what;
        _vessels = new(random, what.Vessels, what.Calibre);
        var (left, right) = (5 + random.Uniform(4, 8), 5 + random.Uniform(4, 8));
        _plexus = [new(22.5f, 26, 5), new(22.5f, 26, left), new(-22.5f, 26, 5), new(-22.5f, 26, right)];
        (_plexusRadius, _pineal, _pallidum) = (random.Uniform(2, 4.5f), random.Uniform(2, 4.5f), random.Uniform(2, 5));
        var falx = new Vector3(0, random.Uniform(-50, 10), random.Uniform(35, 55));
        _falx = (falx, new(random.Uniform(1, 2.2f), random.Uniform(4, 11), random.Uniform(4, 8)));
        var side = random.Chance(0.5f) ? 1 : -1;
        var haematoma = new Vector3(side * random.Uniform(20, 32), random.Uniform(-25, 25), random.Uniform(0, 30));
        _haematoma = (haematoma, new(random.Uniform(7, 16), random.Uniform(9, 22), random.Uniform(7, 16)));
        _subdural = (-side, random.Uniform(3, 9));
        _tumour = (new(side * random.Uniform(20, 35), random.Uniform(-30, 30), random.Uniform(5, 35)), random.Uniform(8, 15));
    }

    /// <param name="p">The point in the undeformed head.</param>
    /// <param name="inner">Distance to the inner table.</param>
    /// <param name="mix">The tissues painted so far.</param>
    public void Paint(Vector3 p, float inner, ref TissueMix mix)
    {
        if (_what.AcuteBlood)
            PaintBlood(p, inner, ref mix);
        if (_what.Contrast is not null)
            PaintContrast(p, inner, ref mix);
        if (_what.Calcified)
            PaintCalcifications(p, ref mix);
    }

    private void PaintBlood(Vector3 p, float inner, ref TissueMix mix)
    {
        mix.Over(Tissue.Blood, DeepStructures.Ellipsoid(p, _haematoma.Centre, _haematoma.Radii, 0.2f));
        var along = Math.Max(Math.Abs(p.Y) - 55, Math.Abs(p.Z - 25) - 40);
        mix.Over(Tissue.Blood, Math.Max(Math.Max(inner, -inner - _subdural.Thickness), Math.Max(along, -_subdural.Side * p.X)));
        mix.Over(Tissue.Blood, DeepStructures.Ellipsoid(p, new(0, -8, -26), new(13, 9, 7), 0));
    }

    /// <summary>Plexus and rim take up a part of what blood has.</summary>
    private void PaintContrast(Vector3 p, float inner, ref TissueMix mix)
    {
        foreach (var centre in _plexus)
            mix.Over(Tissue.Blood, Vector3.Distance(p, centre) - 3, 0.35f);
        if (_what.Tumour)
            mix.Over(Tissue.Blood, Math.Abs(Vector3.Distance(p, _tumour.Centre) - _tumour.Radius) - 2.5f, 0.5f);
        mix.Over(Tissue.Blood, _vessels.Distance(p, inner));
    }

    private void PaintCalcifications(Vector3 p, ref TissueMix mix)
    {
        foreach (var centre in _plexus)
            mix.Over(Tissue.Calcification, Vector3.Distance(p, centre) - _plexusRadius);
        mix.Over(Tissue.Calcification, Vector3.Distance(p, new(0, 16.5f, 2)) - _pineal);
        var pallidum = new Vector3(_pallidum / 2, _pallidum, _pallidum);
        mix.Over(Tissue.Calcification, DeepStructures.Ellipsoid(p with { X = Math.Abs(p.X) }, new(19, -8, 1), pallidum, 0.4f));
        mix.Over(Tissue.Calcification, DeepStructures.Ellipsoid(p, _falx.Centre, _falx.Radii, 0));
    }
}
