using Gateway.Imaging.Gates;

namespace Gateway.Workshop.Limits;

/// <summary>Learns the looks of one archive's slices.</summary>
internal static class AppearanceBuilder
{
    /// <summary>Least share of the identity in the correlation. It is larger if there are few slices for the number of figures.</summary>
    private const double LeastShrinkage = 0.2;

    /// <param name="slices">At least two.</param>
    public static Appearance Build(IReadOnlyList<GateFeatures> slices)
    {
        var (mean, size) = (Average(slices.Select(s => s.Texture)), slices[0].Texture.Length);
        var deviation = Enumerable.Range(0, size)
            .Select(k => Math.Max(1e-4, Math.Sqrt(slices.Sum(s => Math.Pow(s.Texture[k] - mean[k], 2)) / (slices.Count - 1)))).ToArray();
        var scores = slices.Select(s => s.Texture.Select((value, k) => (value - mean[k]) / deviation[k]).ToArray()).ToArray();
        var shrinkage = Math.Max(LeastShrinkage, (double)size / (size + slices.Count));
        var correlation = new double[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                correlation[i * size + j] = i == j ? 1 : (1 - shrinkage) * scores.Sum(z => z[i] * z[j]) / (slices.Count - 1);
        return new(Average(slices.Select(s => s.Histogram)), mean, deviation, Inverse(correlation, size));
    }

    private static double[] Average(IEnumerable<double[]> rows)
    {
        var all = rows.ToArray();
        return [.. Enumerable.Range(0, all[0].Length).Select(k => all.Average(row => row[k]))];
    }

    /// <summary>Gauss-Jordan; a shrunk correlation is positive definite, so no pivot is near 0.</summary>
    private static double[] Inverse(double[] matrix, int size)
    {
        var (work, inverse) = ((double[])matrix.Clone(), new double[size * size]);
        for (var i = 0; i < size; i++)
            inverse[i * size + i] = 1;
        for (var pivot = 0; pivot < size; pivot++)
        {
            Scale(pivot, 1 / work[pivot * size + pivot]);
            for (var row = 0; row < size; row++)
                if (row != pivot)
                    Subtract(row, pivot, work[row * size + pivot]);
        }
        return inverse;

        void Scale(int row, double factor)
        {
            for (var k = row * size; k < (row + 1) * size; k++)
                (work[k], inverse[k]) = (work[k] * factor, inverse[k] * factor);
        }

        void Subtract(int row, int pivot, double factor)
        {
            for (var k = 0; k < size; k++)
            {
                work[row * size + k] -= factor * work[pivot * size + k];
                inverse[row * size + k] -= factor * inverse[pivot * size + k];
            }
        }
    }
}
