using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.References;

/// <summary>The skull of a reference as a picture both modalities share.</summary>
internal static class Skull
{
    private const float CtBone = 0.75f;
    private const float T2Dark = 0.22f;
    private const double ScalpAndSkull = 18;

    /// <summary>1 where the skull is, 0 elsewhere; the reference is [0, 1] at 1.0 mm.</summary>
    public static Image Of(Image reference, Modality modality)
    {
        if (modality == Modality.Ct)
            return Mask.Where(reference, value => value > CtBone).ToImage();
        var head = HeadMask.OfMr(reference, 1, 1);
        var core = Morphology.Erode(head, ScalpAndSkull);
        var dark = Mask.Where(reference, value => value < T2Dark);
        var rim = Morphology.Erode(head, 3);
        return new Mask(head.Width, head.Height, [.. dark.Pixels.Select((isDark, i) => isDark && rim.Pixels[i] && !core.Pixels[i])]).ToImage();
    }
}
