using Gateway.Imaging.Grids;
using Gateway.Workshop.References;

namespace Gateway.Workshop.TrainingSets;

/// <summary>
/// Makes a brain-window CT from a real T2 slice by rules: bone by position, brain by T2 intensity. It pairs real anatomy with a plausible
/// CT where no real pair exists. Generators are anchored on it before they see real, unpaired CT.
/// </summary>
/// <remarks>This does not estimate anybody's CT: bone is the ring between brain and scalp, dense where T2 is dark, and one T2 grey value
/// has one HU.</remarks>
public static class PseudoCt
{
    private const double ScalpDepth = 3;
    private const double ThinnestSkull = 6;
    private const double ThickestSkull = 11;

    /// <param name="t2">Prepared T2 slice, 1 mm pixels, [-1, 1], -1 outside the head.</param>
    /// <param name="low">HU of -1 in the result.</param>
    /// <param name="high">HU of +1 in the result.</param>
    public static Image FromT2(Image t2, double low, double high) => Of(t2).Ct((float)low, (float)high);

    /// <param name="t2">Prepared T2 slice, 1 mm pixels, [-1, 1], -1 outside the head.</param>
    internal static PseudoSlice Of(Image t2)
    {
        var grey = t2.Map(v => (v + 1) / 2);
        var head = Morphology.FillHoles(Morphology.LargestComponent(Close(Mask.Where(grey, v => v > 0.04f), 9)));
        var white = WhiteMatter(grey, head);
        var brain = Brain(grey, head, white);
        var skull = Skull(grey, head, brain, white);
        var csf = Percentile(grey, brain, 0.99);
        return new()
        {
            Grey = grey,
            Hounsfield = Paint(grey, head, brain, skull, (white, csf)),
            Head = head,
            Brain = brain,
            Skull = skull,
            White = white,
            Csf = csf,
        };
    }

    /// <summary>The most frequent grey value well inside the head.</summary>
    private static float WhiteMatter(Image grey, Mask head)
    {
        var deep = Morphology.Erode(head, 22);
        var histogram = new Image(64, 1);
        for (var i = 0; i < grey.Pixels.Length; i++)
            if (deep.Pixels[i])
                histogram.Pixels[Math.Min(63, (int)(grey.Pixels[i] * 64))]++;
        var smooth = GaussianFilter.Apply(histogram, 1.5, 0).Pixels;
        return (Array.IndexOf(smooth, smooth.Max()) + 0.5f) / 64;
    }

    private static Mask Brain(Image grey, Mask head, float white)
    {
        var bright = Mask.Where(GaussianFilter.Apply(grey, 0.7, 0.7), v => v > 0.55f * white);
        var core = Morphology.LargestComponent(Open(bright.And(Morphology.Erode(head, 5)), 3));
        var closed = Morphology.FillHoles(Close(Morphology.Dilate(core, 3).And(bright), 6));
        var smooth = Mask.Where(GaussianFilter.Apply(Open(closed, 6).ToImage(), 3, 3), v => v > 0.5f);
        return Morphology.LargestComponent(smooth).And(Morphology.Erode(head, 7));
    }

    /// <summary>The ring between brain and scalp. A bright diploe within <see cref="ThinnestSkull"/> of the brain counts as bone.</summary>
    private static Mask Skull(Image grey, Mask head, Mask brain, float white)
    {
        var ring = Minus(head, brain);
        var soft = Mask.Where(GaussianFilter.Apply(grey, 0.7, 0.7), v => v > 0.45f * white).And(ring);
        var share = Ratio(GaussianFilter.Apply(soft.ToImage(), 1.5, 1.5), GaussianFilter.Apply(ring.ToImage(), 1.5, 1.5));
        var far = Minus(ring, Morphology.Dilate(brain, ThinnestSkull));
        var scalp = Union(Mask.Where(share, v => v > 0.5f).And(far), Minus(head, Morphology.Erode(head, ScalpDepth)));
        var beyond = Minus(ring, Morphology.Dilate(brain, ThickestSkull));
        var bone = Minus(ring, Union(scalp, beyond));
        return Mask.Where(GaussianFilter.Apply(bone.ToImage(), 1.2, 1.2), v => v > 0.5f).And(ring);
    }

    /// <summary>HU by tissue: T2 rises white, grey, CSF, while CT goes 26, 38, 6 (T2 contrast is not monotone in HU). In bone, what is
    /// dark on T2 is compact and what is brighter has marrow.</summary>
    private static Image Paint(Image grey, Mask head, Mask brain, Mask skull, (float White, float Csf) greys)
    {
        var (white, csf) = greys;
        var greyMatter = 1.45f * white;
        float[] brainGreys = [0.3f * white, 0.8f * white, white, greyMatter, Math.Min(greyMatter * 1.25f, (greyMatter + csf) / 2), csf];
        float[] brainHu = [45, 26, 26, 38, 32, 6];
        float[] boneGreys = [0.12f * white, 0.6f * white];
        float[] boneHu = [1100, 450];
        float[] scalpGreys = [0.2f * white, 1.2f * white];
        float[] scalpHu = [45, -60];
        var result = new Image(grey.Width, grey.Height);
        for (var i = 0; i < result.Pixels.Length; i++)
            result.Pixels[i] = !head.Pixels[i] ? -1000
                : brain.Pixels[i] ? Interpolate(grey.Pixels[i], brainGreys, brainHu)
                : skull.Pixels[i] ? Interpolate(grey.Pixels[i], boneGreys, boneHu)
                : Interpolate(grey.Pixels[i], scalpGreys, scalpHu);
        return result;
    }

    private static float Percentile(Image image, Mask mask, double share)
    {
        var values = image.Pixels.Where((_, i) => mask.Pixels[i]).Order().ToArray();
        return values.Length == 0 ? 1 : values[(int)(share * (values.Length - 1))];
    }

    /// <summary>Piecewise linear, constant beyond the ends.</summary>
    private static float Interpolate(float at, float[] x, float[] y)
    {
        if (at <= x[0])
            return y[0];
        for (var i = 1; i < x.Length; i++)
            if (at <= x[i])
                return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / Math.Max(x[i] - x[i - 1], 1e-6f);
        return y[^1];
    }

    private static Mask Open(Mask mask, double radius) => Morphology.Dilate(Morphology.Erode(mask, radius), radius);

    private static Mask Close(Mask mask, double radius) => Morphology.Erode(Morphology.Dilate(mask, radius), radius);

    private static Mask Minus(Mask a, Mask b) => new(a.Width, a.Height, [.. a.Pixels.Zip(b.Pixels, (x, y) => x && !y)]);

    private static Mask Union(Mask a, Mask b) => new(a.Width, a.Height, [.. a.Pixels.Zip(b.Pixels, (x, y) => x || y)]);

    private static Image Ratio(Image a, Image b) => new(a.Width, a.Height, [.. a.Pixels.Zip(b.Pixels, (x, y) => x / Math.Max(y, 1e-3f))]);
}
