using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>The structures below the tentorium: cerebellum with its folia, brain stem, fourth ventricle and the basal cisterns.
/// Schematic.</summary>
internal sealed class HindBrain(PhantomRandom random, float cortex)
{
    private readonly WaveNoise _folia = new(random, 2, 9, 12);
    private readonly float _cistern = random.Uniform(6, 10);

    public void Paint(Vector3 p, ref TissueMix mix)
    {
        if (p.Z > 2)
            return;
        var cerebellum = Cerebellum(p);
        mix.Over(Tissue.Csf, DeepStructures.Ellipsoid(p, new(0, -6, -26), new(_cistern * 1.5f, _cistern * 1.2f, 9), 0));
        mix.Over(Tissue.Dura, Math.Abs(cerebellum - 3.5f) - 0.4f);
        mix.Over(Tissue.Csf, cerebellum - 2.5f);
        if (cerebellum < 2)
            PaintCerebellum(p, cerebellum, ref mix);
        var stem = Stem(p);
        if (p.Z < -6)
            mix.Over(Tissue.Csf, stem - 2);
        mix.Over(Tissue.WhiteMatter, stem);
        mix.Over(Tissue.Csf, DeepStructures.Ellipsoid(p, new(0, 30, -38), new(7, 3.5f, 10), 0));
    }

    /// <summary>Cerebellum, stem with the fourth ventricle, or neither.</summary>
    public static BrainPart PartAt(Vector3 p) => p.Z > 2 ? BrainPart.Cerebrum
        : Stem(p) < 0.5f ? BrainPart.Stem
        : Cerebellum(p) < 0.5f ? BrainPart.Cerebellum : BrainPart.Cerebrum;

    private static float Cerebellum(Vector3 p) => DeepStructures.Ellipsoid(p, new(0, 44, -40), new(50, 33, 25), 0);

    private void PaintCerebellum(Vector3 p, float surface, ref TissueMix mix)
    {
        var folia = _folia.Value(p with { Z = 1.6f * p.Z });
        mix.Over(Tissue.GreyMatter, surface);
        mix.Over(Tissue.WhiteMatter, Math.Max(surface + (2.5f * cortex) + (3.5f * folia), 5 - Math.Abs(p.X)));
        mix.Over(Tissue.Csf, Math.Max(2 * (1.1f - folia), surface), 0.5f);
    }

    /// <summary>Midbrain at the front and top, medulla behind and below.</summary>
    private static float Stem(Vector3 p)
    {
        var centre = new Vector3(0, 7 - (0.32f * (p.Z + 8)), p.Z);
        var radius = 12.5f + (4 * Math.Clamp(1 - (Math.Abs(p.Z + 32) / 12), 0, 1)) - (0.12f * Math.Max(0, -p.Z - 40));
        return Math.Max(Vector3.Distance(p, centre) - radius, p.Z + 5);
    }
}
