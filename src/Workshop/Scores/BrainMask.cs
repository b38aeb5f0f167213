using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.LabelHeads;

namespace Gateway.Workshop.Scores;

/// <summary>What lies inside the skull in one prepared slice.</summary>
public static class BrainMask
{
    private const float SofterThanHu = -15;
    private const float DenserThanHu = 92;
    private const double ThinMm = 4;
    private const double ThickMm = 3;
    private const double NotchMm = 6;
    private const int LeastPixels = 400;

    /// <summary>Brain, CSF, vessels and dura that hang together.</summary>
    /// <param name="tissues">Numbers of <see cref="HeadTissue"/>.</param>
    /// <returns>Empty where there is no more than a few square centimetres of it.</returns>
    public static Mask OfTissues(Image tissues)
    {
        var whole = Morphology.LargestComponent(Mask.Where(tissues, number => IsInside((HeadTissue)number)));
        return whole.Area < LeastPixels ? new(tissues.Width, tissues.Height) : Morphology.FillHoles(whole);
    }

    private static bool IsInside(HeadTissue tissue) =>
        tissue is (>= HeadTissue.WhiteMatter and <= HeadTissue.Plexus) or (>= HeadTissue.Vein and <= HeadTissue.Dura);

    /// <summary>What is soft and hangs together once all is thinned, so that neither scalp nor orbits come along; thickened again but for
    /// its rim, and without holes, so that blood and calcifications belong to it.</summary>
    /// <param name="ct">[-1, 1], -1 outside the head.</param>
    /// <param name="window">The HU that -1 and 1 stand for.</param>
    /// <returns>Empty where there is no more than a few square centimetres of it.</returns>
    public static Mask OfCt(Image ct, GreyRange window)
    {
        ArgumentNullException.ThrowIfNull(ct);
        var (low, high) = (window.ToUnit(SofterThanHu), window.ToUnit(DenserThanHu));
        var smooth = GaussianFilter.Apply(ct, 0.7, 0.7);
        var core = Morphology.LargestComponent(Morphology.Erode(Mask.Where(smooth, grey => grey > low && grey < high), ThinMm));
        if (core.Area < LeastPixels)
            return new(ct.Width, ct.Height);
        var whole = Morphology.Erode(Morphology.Dilate(core, ThickMm + NotchMm), NotchMm);
        return Morphology.FillHoles(whole);
    }
}
