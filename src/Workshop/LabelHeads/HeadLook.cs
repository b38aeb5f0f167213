using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.LabelHeads;

/// <summary>How one scanner of each kind shows the tissues: means as in the literature and in real slices, moderately varied. Signal is
/// relative to white matter.</summary>
internal sealed class HeadLook
{
    private const int Count = 31;

    public HeadLook(PhantomRandom random)
    {
        Age = random.Uniform(0, 1);
        T2 = SampleT2(random, Age);
        Hounsfield = SampleCt(random);
        Mix(random);
        (T2Noise, T2Blur) = (random.Uniform(0.01f, 0.04f), random.Uniform(0.35f, 0.75f));
        (CtNoise, CtBlur, Cupping) = (random.Uniform(1.2f, 3), random.Uniform(0.45f, 0.85f), random.Uniform(0, 7));
        Texture = random.Uniform(0.01f, 0.035f);
        Bias = random.Uniform(0.03f, 0.13f);
        AirInNose = random.Uniform(0.2f, 0.8f);
    }

    /// <summary>0 young to 1 old.</summary>
    public float Age { get; }

    /// <summary>Signal by tissue, white matter = 1.</summary>
    public float[] T2 { get; }

    /// <summary>HU by tissue.</summary>
    public float[] Hounsfield { get; }

    /// <summary>Standard deviation of each channel of the Rician noise, white matter = 1.</summary>
    public float T2Noise { get; }

    /// <summary>Standard deviation of the point spread, mm.</summary>
    public float T2Blur { get; }

    /// <summary>HU.</summary>
    public float CtNoise { get; }

    /// <summary>Standard deviation of the point spread, mm.</summary>
    public float CtBlur { get; }

    /// <summary>Beam hardening: HU added to brain where bone surrounds it closely.</summary>
    public float Cupping { get; }

    /// <summary>Relative unevenness within tissues.</summary>
    public float Texture { get; }

    /// <summary>Relative size of the bias field.</summary>
    public float Bias { get; }

    /// <summary>Share of air between the turbinates.</summary>
    public float AirInNose { get; }

    /// <summary>The signal of a finding, between white matter and CSF where it is in a usual look.</summary>
    public float T2Of(Finding finding)
    {
        var (white, csf) = (T2[(int)HeadTissue.WhiteMatter], T2[(int)HeadTissue.Ventricle]);
        return finding.T2 <= 1 ? finding.T2 * white : white + ((finding.T2 - 1) * (csf - white) / (Finding.UsualCsf - 1));
    }

    private static float[] SampleT2(PhantomRandom random, float age)
    {
        var s = new float[Count];
        Set(HeadTissue.Air, 0.03f, 0.3f);
        Set(HeadTissue.WhiteMatter, 1, 0.02f);
        Set(HeadTissue.Cortex, 1.42f, 0.06f);
        Set(HeadTissue.Striatum, 1.25f - (0.1f * age), 0.05f);
        Set(HeadTissue.Thalamus, 1.2f, 0.05f);
        Set(HeadTissue.Pallidum, 0.98f - (0.15f * age), 0.07f);
        Set(HeadTissue.BrainStem, 1.14f, 0.05f);
        Set(HeadTissue.CerebellarWhite, 1.06f, 0.05f);
        Set(HeadTissue.CerebellarCortex, 1.42f, 0.06f);
        Set(HeadTissue.Limbic, 1.5f, 0.05f);
        Set(HeadTissue.Ventricle, 3.3f, 0.1f);
        s[(int)HeadTissue.Csf] = s[(int)HeadTissue.Ventricle] * random.Uniform(0.92f, 1.03f);
        Set(HeadTissue.AgedWhite, 1.45f, 0.1f);
        Set(HeadTissue.Plexus, 2.1f, 0.15f);
        Set(HeadTissue.Vitreous, 3.2f, 0.1f);
        Set(HeadTissue.Lens, 0.5f, 0.2f);
        Set(HeadTissue.Nerve, 1.1f, 0.1f);
        Set(HeadTissue.Muscle, 0.6f, 0.15f);
        s[(int)HeadTissue.Fat] = random.Uniform(0.9f, 2.9f);
        s[(int)HeadTissue.Skin] = random.Uniform(0.6f, 1.3f);
        Set(HeadTissue.Mucosa, 2.2f, 0.2f);
        Set(HeadTissue.CorticalBone, 0.1f, 0.3f);
        s[(int)HeadTissue.Marrow] = (0.25f + (0.45f * s[(int)HeadTissue.Fat])) * random.Uniform(0.6f, 1.1f);
        s[(int)HeadTissue.Vein] = random.Chance(0.8f) ? random.Uniform(0.12f, 0.5f) : random.Uniform(0.8f, 1.8f);
        Set(HeadTissue.Artery, 0.15f, 0.3f);
        Set(HeadTissue.Dura, 0.4f, 0.25f);
        // Longer or shorter echo: all contrasts are stretched or pressed together. Below 1 in the mean, for brains that are bright beside
        // their CSF, as in the patients that 1.0.0 was too dark for (docs/decisions/0023).
        var power = random.Normal(0.84f, 0.13f);
        return Array.ConvertAll(s, v => MathF.Pow(MathF.Max(v, 0.005f), power));

        void Set(HeadTissue tissue, float mean, float spread) => s[(int)tissue] = mean * random.Normal(1, spread);
    }

    private static float[] SampleCt(PhantomRandom random)
    {
        var shift = random.Normal(0, 1.5f);   // a scanner's calibration moves all of the brain together
        var hu = new float[Count];
        (hu[(int)HeadTissue.Outside], hu[(int)HeadTissue.Air]) = (-1000, -1000);
        Set(HeadTissue.WhiteMatter, 27.5f, 1);
        Set(HeadTissue.Cortex, 37.5f, 1);
        Set(HeadTissue.Striatum, 36.5f, 1);
        Set(HeadTissue.Thalamus, 35, 1);
        Set(HeadTissue.Pallidum, 37, 1.5f);
        Set(HeadTissue.BrainStem, 30, 1);
        Set(HeadTissue.CerebellarWhite, 29.5f, 1);
        Set(HeadTissue.CerebellarCortex, 37.5f, 1);
        Set(HeadTissue.Limbic, 36, 1);
        Set(HeadTissue.Ventricle, 6.5f, 1.5f);
        hu[(int)HeadTissue.Csf] = hu[(int)HeadTissue.Ventricle] + random.Uniform(-1, 3);
        Set(HeadTissue.AgedWhite, 23, 1.5f);
        Set(HeadTissue.Plexus, 30, 6);
        Set(HeadTissue.Vitreous, 9, 2);
        Set(HeadTissue.Lens, 72, 6);
        Set(HeadTissue.Nerve, 34, 2);
        Set(HeadTissue.Muscle, 54, 4);
        hu[(int)HeadTissue.Fat] = random.Uniform(-108, -80);
        Set(HeadTissue.Skin, 35, 10);
        Set(HeadTissue.Mucosa, 40, 6);
        hu[(int)HeadTissue.CorticalBone] = random.Uniform(1200, 1850);
        hu[(int)HeadTissue.Marrow] = random.Uniform(250, 650);
        Set(HeadTissue.Vein, 52, 4);
        Set(HeadTissue.Artery, 46, 3);
        Set(HeadTissue.Dura, 56, 5);
        return hu;

        void Set(HeadTissue tissue, float mean, float spread) => hu[(int)tissue] = random.Normal(mean, spread) + shift;
    }

    /// <summary>The rims between two tissues.</summary>
    private void Mix(PhantomRandom random)
    {
        var young = Math.Clamp(0.95f - (0.65f * Age) + random.Normal(0, 0.1f), 0, 1);
        Blend(HeadTissue.CsfAtCortex, HeadTissue.Csf, HeadTissue.Cortex, young);
        Blend(HeadTissue.CsfAtBone, HeadTissue.Csf, HeadTissue.Dura, random.Uniform(0.25f, 0.7f));
        Blend(HeadTissue.CortexAtCsf, HeadTissue.Cortex, HeadTissue.Csf, Math.Clamp(0.3f * (Age - 0.4f) / 0.6f, 0, 0.3f));
        var lost = Math.Clamp((Age - 0.5f) * random.Uniform(0, 0.8f), 0, 0.4f);
        Blend(HeadTissue.WhiteAtVentricle, HeadTissue.WhiteMatter, HeadTissue.Ventricle, lost);
        T2[(int)HeadTissue.WhiteAtVentricle] *= 1 + (0.35f * Age * random.Uniform(0, 1));
        Hounsfield[(int)HeadTissue.WhiteAtVentricle] -= 3 * Age;
    }

    private void Blend(HeadTissue rim, HeadTissue one, HeadTissue other, float share)
    {
        T2[(int)rim] = (T2[(int)one] * (1 - share)) + (T2[(int)other] * share);
        Hounsfield[(int)rim] = (Hounsfield[(int)one] * (1 - share)) + (Hounsfield[(int)other] * share);
    }
}
