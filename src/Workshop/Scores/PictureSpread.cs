using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>How much pictures differ among each other: near 0 for a generator that always makes the same one.</summary>
public static class PictureSpread
{
    /// <summary>Mean over all pairs of the root of the mean squared difference.</summary>
    /// <param name="images">Of one size; 0 for fewer than two.</param>
    public static double Of(IReadOnlyList<Image> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < images.Count; i++)
            for (var j = 0; j < i; j++, pairs++)
                sum += Difference(images[i].Pixels, images[j].Pixels);
        return pairs == 0 ? 0 : sum / pairs;
    }

    private static double Difference(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum / a.Length);
    }
}
