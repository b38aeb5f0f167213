using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Modalities;

/// <summary>The head in one slice on its own grid: one component without holes, scalp included.</summary>
public static class HeadMask
{
    /// <summary>Air in a head CT lies near -1000 HU and skin above -200.</summary>
    private const float SkinHu = -200;

    /// <param name="image">HU.</param>
    /// <param name="pixelWidth">mm.</param>
    /// <param name="pixelHeight">mm.</param>
    public static Mask OfCt(Image image, double pixelWidth, double pixelHeight) =>
        Clean(Mask.Where(image, hu => hu > SkinHu), pixelWidth, pixelHeight, opening: 3, closing: 0);

    /// <summary>Tissue is brighter than the noise of the border and than a tenth of the bright end. Filling holes closes the dark
    /// skull.</summary>
    /// <param name="image">Magnitude, any unit.</param>
    /// <param name="pixelWidth">mm.</param>
    /// <param name="pixelHeight">mm.</param>
    public static Mask OfMr(Image image, double pixelWidth, double pixelHeight)
    {
        var smooth = GaussianFilter.Apply(image, 1.0 / pixelWidth, 1.0 / pixelHeight);
        var (median, deviation) = Border(smooth);
        var threshold = Math.Max(median + 6 * deviation, 0.1f * Percentiles.Of(smooth.Pixels, 0.98));
        return Clean(Mask.Where(smooth, value => value > threshold), pixelWidth, pixelHeight, opening: 2, closing: 5);
    }

    /// <summary>Opening cuts off the table and strands of noise; closing fills gaps in a dim scalp.</summary>
    private static Mask Clean(Mask tissue, double pixelWidth, double pixelHeight, double opening, double closing)
    {
        var filled = Morphology.FillHoles(Morphology.Erode(Morphology.FillHoles(
            Morphology.Dilate(tissue, closing, pixelWidth, pixelHeight)), closing, pixelWidth, pixelHeight));
        var core = Morphology.LargestComponent(Morphology.Erode(filled, opening, pixelWidth, pixelHeight));
        var head = Morphology.Dilate(core, opening, pixelWidth, pixelHeight).And(filled);
        return Morphology.FillHoles(Morphology.LargestComponent(head));
    }

    private static (float Median, float Deviation) Border(Image image)
    {
        var frame = Math.Max(1, Math.Min(image.Width, image.Height) / 40);
        var values = new List<float>();
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                if (x < frame || y < frame || x >= image.Width - frame || y >= image.Height - frame)
                    values.Add(image[x, y]);
        var median = Percentiles.Of(values, 0.5);
        return (median, 1.4826f * Percentiles.Of(values.Select(value => Math.Abs(value - median)), 0.5));
    }
}
