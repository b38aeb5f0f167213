namespace Gateway.Workshop.Phantom;

/// <summary>One layer of a <see cref="SliceOverlay"/>.</summary>
/// <param name="Share">0..1 of each pixel.</param>
/// <param name="Hounsfield">HU.</param>
/// <param name="T2">Relative to white matter.</param>
/// <param name="T2OfCsf">T2 of CSF that <paramref name="T2"/> is meant for; what is brighter than white matter keeps its place between
/// both.</param>
internal sealed record OverlayLayer(float[] Share, float Hounsfield, float T2, float T2OfCsf)
{
    /// <summary>The signal in a head of a look.</summary>
    public float Signal(PhantomAppearance look)
    {
        var (white, csf) = (look.T2Signal[(int)Tissue.WhiteMatter], look.T2Signal[(int)Tissue.Csf]);
        return T2 <= 1 ? T2 * white : white + ((T2 - 1) / (T2OfCsf - 1) * (csf - white));
    }
}
