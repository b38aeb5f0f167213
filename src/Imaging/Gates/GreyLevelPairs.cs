using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Gates;

/// <summary>Grey-level co-occurrence (Haralick 1973): 16 levels, four directions together, symmetric.</summary>
internal static class GreyLevelPairs
{
    private const int Levels = 16;

    /// <param name="image">[-1, 1].</param>
    /// <param name="mask">Both pixels of a pair lie in it.</param>
    /// <param name="step">Distance along the axes and diagonals, pixels.</param>
    /// <returns>Contrast, correlation, homogeneity, energy, entropy.</returns>
    public static double[] Of(Image image, Mask mask, int step)
    {
        var pairs = Count(image, mask, step);
        var total = Math.Max(1, pairs.Sum());
        double contrast = 0, homogeneity = 0, energy = 0, entropy = 0, mean = 0, square = 0, product = 0;
        for (var i = 0; i < Levels; i++)
        {
            for (var j = 0; j < Levels; j++)
            {
                var p = pairs[i * Levels + j] / total;
                (contrast, homogeneity) = (contrast + p * (i - j) * (i - j), homogeneity + p / (1 + (i - j) * (i - j)));
                (energy, entropy) = (energy + p * p, entropy - (p > 0 ? p * Math.Log2(p) : 0));
                (mean, square, product) = (mean + p * i, square + p * i * i, product + p * i * j);
            }
        }
        var variance = square - mean * mean;
        return [contrast, variance > 1e-9 ? (product - mean * mean) / variance : 0, homogeneity, energy, entropy];
    }

    private static double[] Count(Image image, Mask mask, int step)
    {
        var level = Array.ConvertAll(image.Pixels, value => Math.Clamp((int)((value + 1) / 2 * Levels), 0, Levels - 1));
        var pairs = new double[Levels * Levels];
        foreach (var (dx, dy) in ((int, int)[])[(step, 0), (0, step), (step, step), (-step, step)])
        {
            for (var y = 0; y < image.Height - dy; y++)
            {
                for (var x = Math.Max(0, -dx); x < image.Width - Math.Max(0, dx); x++)
                {
                    var (from, to) = (y * image.Width + x, (y + dy) * image.Width + x + dx);
                    if (!mask.Pixels[from] || !mask.Pixels[to])
                        continue;
                    pairs[level[from] * Levels + level[to]]++;
                    pairs[level[to] * Levels + level[from]]++;
                }
            }
        }
        return pairs;
    }
}
