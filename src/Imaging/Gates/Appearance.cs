namespace Gateway.Imaging.Gates;

/// <summary>The looks of an archive's slices: the mean histogram, and mean, deviation and correlation of their texture figures.</summary>
/// <param name="Histogram">Mean share of each bin.</param>
/// <param name="Mean">Mean of each texture figure.</param>
/// <param name="Deviation">Standard deviation of each, above 0.</param>
/// <param name="Precision">Inverse of the shrunk correlation, row-major, as many rows as figures.</param>
public sealed record Appearance(double[] Histogram, double[] Mean, double[] Deviation, double[] Precision)
{
    /// <summary>Wasserstein-1 distance to the mean histogram, 0..1.</summary>
    public double GreyDistance(GateFeatures slice) => GreyHistogram.Distance(slice.Histogram, Histogram);

    /// <summary>Mahalanobis distance divided by the root of the number of figures: about 1 within the archive.</summary>
    public double TextureDistance(GateFeatures slice)
    {
        var z = slice.Texture.Select((value, k) => (value - Mean[k]) / Deviation[k]).ToArray();
        var sum = 0.0;
        for (var i = 0; i < z.Length; i++)
            for (var j = 0; j < z.Length; j++)
                sum += z[i] * Precision[i * z.Length + j] * z[j];
        return Math.Sqrt(sum / z.Length);
    }
}
