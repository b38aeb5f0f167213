namespace Gateway.Workshop.Phantom;

/// <summary>The looks of a head in each scanner: signal of every tissue, noise, blur, bias. They are drawn once per head.</summary>
internal sealed class PhantomAppearance
{
    public PhantomAppearance(PhantomRandom random, float age)
    {
        T2Signal = SampleT2(random, age);
        Hounsfield = SampleCt(random);
        T2Noise = random.Uniform(0.006f, 0.03f);
        T2Blur = random.Uniform(0.3f, 0.85f);
        T2Curve = random.Uniform(0.3f, 1);
        T2Bias = [random.Normal(0, 0.09f), random.Normal(0, 0.09f), random.Normal(0, 0.05f), random.Normal(0.06f, 0.06f)];
        T2Scale = random.Uniform(400, 1500);
        CtNoise = random.Uniform(1.4f, 3.8f);
        CtBlur = random.Uniform(0.45f, 1);
        CtCupping = random.Uniform(1, 9);
        Texture = random.Uniform(0.015f, 0.05f);
    }

    /// <summary>Relative T2 signal by tissue; CSF is about 1.</summary>
    public float[] T2Signal { get; }

    /// <summary>HU by tissue.</summary>
    public float[] Hounsfield { get; }

    /// <summary>Standard deviation of each channel of the Rician noise, in units of the CSF signal.</summary>
    public float T2Noise { get; }

    /// <summary>Standard deviations of the point spread, mm.</summary>
    public float T2Blur { get; }

    public float CtBlur { get; }

    /// <summary>Bends the T2 grey scale: 0 linear, 1 square root, negative towards the square.</summary>
    public float T2Curve { get; }

    /// <summary>Bias field: slope along x, slope along y, saddle, and brightening towards the coil at the surface.</summary>
    public float[] T2Bias { get; }

    /// <summary>Stored value of a signal of 1.</summary>
    public float T2Scale { get; }

    /// <summary>Standard deviation of CT noise, HU.</summary>
    public float CtNoise { get; }

    /// <summary>Beam hardening: HU added to brain beside the skull.</summary>
    public float CtCupping { get; }

    /// <summary>Relative unevenness within a tissue.</summary>
    public float Texture { get; }

    /// <summary>Gives calcifications, acute blood and what takes up contrast their HU.</summary>
    public void Find(PhantomRandom random, PhantomFindings findings)
    {
        if (findings.Calcified)
            Hounsfield[(int)Tissue.Calcification] = random.Uniform(130, 500);
        if (findings.AcuteBlood)
            Hounsfield[(int)Tissue.Blood] = random.Uniform(55, 90);
        if (findings.Contrast is not { } contrast)
            return;
        var more = contrast - Hounsfield[(int)Tissue.Blood];
        Hounsfield[(int)Tissue.Blood] = contrast;
        Hounsfield[(int)Tissue.Dura] += 0.4f * more;
        Hounsfield[(int)Tissue.Muscle] += 0.1f * more;
        Hounsfield[(int)Tissue.GreyMatter] += 0.05f * more;
        Hounsfield[(int)Tissue.DeepGrey] += 0.05f * more;
        Hounsfield[(int)Tissue.WhiteMatter] += 0.02f * more;
    }

    /// <summary>Spin echo: proton density times decay over the echo time; then the signal of each tissue is varied a little.</summary>
    private static float[] SampleT2(PhantomRandom random, float age)
    {
        var echo = random.Uniform(78, 125);
        float Decay(float density, float t2) => density * Fall(echo / t2) * random.Normal(1, 0.04f);
        var signal = new float[TissueMix.Count];
        signal[(int)Tissue.Csf] = Decay(0.95f, 1400);
        signal[(int)Tissue.GreyMatter] = Decay(0.86f, random.Normal(108, 5));
        signal[(int)Tissue.WhiteMatter] = Decay(0.71f, random.Normal(80, 3) + (5 * age));
        signal[(int)Tissue.DeepGrey] = Decay(0.79f, random.Normal(87, 4) - (4 * age));
        signal[(int)Tissue.Pallidum] = Decay(0.73f, random.Normal(70, 4) - (8 * age));
        signal[(int)Tissue.Fat] = random.Uniform(0.25f, 0.95f);
        signal[(int)Tissue.Skin] = random.Uniform(0.2f, 0.45f);
        signal[(int)Tissue.Muscle] = random.Uniform(0.08f, 0.2f);
        signal[(int)Tissue.CorticalBone] = random.Uniform(0.01f, 0.04f);
        signal[(int)Tissue.Diploe] = random.Uniform(0.1f, 0.4f);
        signal[(int)Tissue.Dura] = random.Uniform(0.06f, 0.2f);
        signal[(int)Tissue.Blood] = random.Uniform(0.04f, 0.2f);
        signal[(int)Tissue.Calcification] = random.Uniform(0.03f, 0.12f);
        signal[(int)Tissue.Vitreous] = random.Uniform(0.85f, 1);
        signal[(int)Tissue.Lens] = random.Uniform(0.1f, 0.25f);
        return signal;
    }

    private static float[] SampleCt(PhantomRandom random)
    {
        var shift = random.Normal(0, 1);   // a scanner's calibration moves all of the brain together
        var hu = new float[TissueMix.Count];
        hu[(int)Tissue.Air] = -1000;
        hu[(int)Tissue.Csf] = random.Uniform(3, 11) + shift;
        hu[(int)Tissue.GreyMatter] = random.Normal(37.5f, 1.2f) + shift;
        hu[(int)Tissue.WhiteMatter] = random.Normal(27.5f, 1.2f) + shift;
        hu[(int)Tissue.DeepGrey] = random.Normal(37, 1.2f) + shift;
        hu[(int)Tissue.Pallidum] = random.Normal(38, 2) + shift;
        hu[(int)Tissue.Fat] = random.Uniform(-105, -80);
        hu[(int)Tissue.Skin] = random.Uniform(25, 60);
        hu[(int)Tissue.Muscle] = random.Uniform(45, 62);
        hu[(int)Tissue.CorticalBone] = random.Uniform(950, 1600);
        hu[(int)Tissue.Diploe] = random.Uniform(250, 700);
        hu[(int)Tissue.Dura] = random.Uniform(48, 75);
        hu[(int)Tissue.Blood] = random.Uniform(45, 62);
        hu[(int)Tissue.Calcification] = random.Uniform(130, 260);
        hu[(int)Tissue.Vitreous] = random.Uniform(4, 12);
        hu[(int)Tissue.Lens] = random.Uniform(65, 95);
        return hu;
    }

    /// <summary>exp(-x), x >= 0, as (1 - x/64)^64: it uses only arithmetic, and so gives the same result everywhere.</summary>
    internal static float Fall(float x)
    {
        var y = Math.Max(0, 1 - (x / 64));
        for (var i = 0; i < 6; i++)
            y *= y;
        return y;
    }
}
