namespace Gateway.Gates;

/// <summary>One row of the tables of contrast.</summary>
/// <param name="Findings">What the heads have.</param>
/// <param name="Millimetres">Slice distance; null as usual.</param>
/// <param name="Noise">Standard deviation of what is added to the scan's own noise, HU.</param>
internal sealed record ContrastVariant(string Name, PhantomFindings? Findings, float? Millimetres = null, float Noise = 0)
{
    public ContrastVariant With(float hu) => this with { Findings = Findings! with { Contrast = hu } };

    public Volume Scan(ulong seed, ModalityProfile profile)
    {
        var random = new Random((int)seed);
        return new(HeadScan.Render(seed, Findings, Millimetres).Select(slice => Noisy(slice.ToVolumeSlice(profile.Modality), random)));
    }

    private VolumeSlice Noisy(VolumeSlice slice, Random random)
    {
        if (Noise > 0)
            for (var i = 0; i < slice.Image.Pixels.Length; i++)
                slice.Image.Pixels[i] += (float)(2 * Noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
        return slice;
    }
}
