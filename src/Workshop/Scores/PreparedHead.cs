using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>Where the head is in a prepared or a made picture, from its grey values alone.</summary>
internal static class PreparedHead
{
    /// <summary>Grey below this is background: a generator's background is never quite -1.</summary>
    private const float Background = -0.9f;

    /// <param name="picture">[-1, 1]; outside the head -1.</param>
    public static Mask Of(Image picture) =>
        Morphology.LargestComponent(Morphology.FillHoles(Mask.Where(picture, grey => grey > Background)));

    /// <summary>The head of either picture, holes filled.</summary>
    /// <param name="source">[-1, 1], exactly -1 outside the head.</param>
    /// <param name="truth">[0, 1].</param>
    public static Mask OfEither(Image source, Image truth) =>
        Morphology.FillHoles(new(truth.Width, truth.Height, [.. truth.Pixels.Zip(source.Pixels, (t, s) => t > 0 || s > -1)]));

    /// <summary>The head without so much of its rim.</summary>
    /// <param name="picture">[-1, 1].</param>
    /// <param name="rim">mm.</param>
    public static Mask Inside(Image picture, double rim) => Morphology.Erode(Of(picture), rim);
}
