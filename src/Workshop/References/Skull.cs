using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.References;

/// <summary>The skull of a reference as a picture that looks alike in both modalities.</summary>
internal static class Skull
{
    private const float BrightBone = 0.75f;
    private const float DarkBone = 0.22f;
    private const double ScalpAndSkull = 18;

    /// <summary>1 where the skull is, 0 elsewhere; the reference is [0, 1] at 1.0 mm.</summary>
    public static Image Of(Image reference, ModalityProfile profile)
    {
        if (profile.BoneIsBright)
            return Mask.Where(reference, value => value > BrightBone).ToImage();
        var head = profile.FindHead(reference, 1, 1);
        var core = Morphology.Erode(head, ScalpAndSkull);
        var dark = Mask.Where(reference, value => value < DarkBone);
        var rim = Morphology.Erode(head, 3);
        return new Mask(head.Width, head.Height, [.. dark.Pixels.Select((isDark, i) => isDark && rim.Pixels[i] && !core.Pixels[i])])
            .ToImage();
    }
}
