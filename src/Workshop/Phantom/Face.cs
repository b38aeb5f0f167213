using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>The parts of the head below the base of the skull: orbits with eyeballs, air sinuses, petrous bone, muscle and fat.
/// Schematic.</summary>
internal sealed class Face(PhantomRandom random)
{
    private readonly WaveNoise _muscles = new(random, 1, 14, 40);
    private readonly float _airSinus = random.Uniform(0.7f, 1.15f);
    private readonly float _eye = random.Uniform(11.2f, 12.6f);

    /// <param name="p">Point, mm.</param>
    /// <param name="below">Distance below the base of the skull, positive there.</param>
    /// <param name="inside">Distance to the outer surface of the skull, negative inside.</param>
    /// <param name="mix">The tissues painted so far.</param>
    public void Paint(Vector3 p, float below, float inside, ref TissueMix mix)
    {
        var m = p with { X = Math.Abs(p.X) };
        var region = Math.Max(-below, inside);
        mix.Over(Tissue.Muscle, region);
        mix.Over(Tissue.Fat, Math.Max(region, 1.2f - (2 * _muscles.Value(p))));
        mix.Over(Tissue.CorticalBone, Math.Max(inside, Math.Abs(below) - 2));
        mix.Over(Tissue.CorticalBone, Math.Max(region, DeepStructures.Ellipsoid(m, new(40, 18, -46), new(26, 9, 10), -0.5f)));
        mix.Over(Tissue.Air, Math.Max(region, DeepStructures.Ellipsoid(m, new(54, 26, -52), new(7, 8, 9), 0)), 0.75f);
        var orbit = Math.Max(region, DeepStructures.Ellipsoid(m, new(30, -62, -38), new(18, 26, 18), 0.3f));
        mix.Over(Tissue.CorticalBone, orbit - 2.5f);
        mix.Over(Tissue.Fat, orbit);
        mix.Over(Tissue.Air, Math.Max(region, DeepStructures.Ellipsoid(m, new(5, -52, -44), new Vector3(5, 20, 13) * _airSinus, 0)));
        mix.Over(Tissue.Air, Math.Max(region, DeepStructures.Ellipsoid(m, new(7, -20, -44), new Vector3(6, 9, 8) * _airSinus, 0)));
        PaintEye(m, region, ref mix);
    }

    private void PaintEye(Vector3 m, float region, ref TissueMix mix)
    {
        var centre = new Vector3(31, -70, -38);
        var globe = Math.Max(Vector3.Distance(m, centre) - _eye, region);
        mix.Over(Tissue.Muscle, globe - 1);
        mix.Over(Tissue.Vitreous, globe);
        mix.Over(Tissue.Lens, Math.Max(globe, DeepStructures.Ellipsoid(m, centre - new Vector3(0, _eye - 3.5f, 0), new(4.5f, 2, 4.5f), 0)));
    }
}
