using System.Numerics;

namespace Gateway.Workshop.Scores;

/// <summary>Frechet distance between two sets of feature vectors taken as normal distributions (Dowson and Landau 1982):
/// |m1 - m2|^2 + Tr S1 + Tr S2 - 2 Tr (S1 S2)^(1/2), covariances with n - 1. With the 2048 features of the 2015 Inception it is the FID
/// (Heusel et al. 2017); otherwise it carries its features' name.</summary>
/// <remarks>
/// Tr (S1 S2)^(1/2) is the sum of the singular values of A B^T, where S1 = A^T A and S2 = B^T B: exact also where there are fewer vectors
/// than features. Small sets make it too large, so it is only compared at equal n.
/// </remarks>
public static class FrechetDistance
{
    private const int Sweeps = 60;
    private const double Orthogonal = 1e-14;

    /// <param name="first">At least two vectors of one length.</param>
    /// <param name="second">The same.</param>
    /// <exception cref="ArgumentException">A set has fewer than two vectors, or lengths differ.</exception>
    public static double Of(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count < 2 || second.Count < 2 || first.Concat(second).Any(vector => vector.Length != first[0].Length))
            throw new ArgumentException("A Frechet distance takes two sets of at least two vectors of one length.");
        var (a, b) = (Centred(first), Centred(second));
        var between = Mean(first).Zip(Mean(second)).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
        var spread = a.Concat(b).Sum(vector => Dot(vector, vector));
        var (few, many) = a.Length < b.Length ? (a, b) : (b, a);
        return between + spread - 2 * SingularValues([.. few.Select(row => many.Select(column => Dot(row, column)).ToArray())]).Sum();
    }

    /// <summary>Turns pairs of rows against each other until all are orthogonal (one-sided Jacobi, Hestenes 1958); their lengths are the
    /// singular values.</summary>
    private static IEnumerable<double> SingularValues(double[][] rows)
    {
        var floor = rows.Sum(row => Dot(row, row)) * Orthogonal * Orthogonal;
        var turned = true;
        for (var sweep = 0; turned && sweep < Sweeps; sweep++)
        {
            turned = false;
            for (var i = 0; i < rows.Length; i++)
                for (var j = i + 1; j < rows.Length; j++)
                    turned |= Turn(rows[i], rows[j], floor);
        }
        return rows.Select(row => Math.Sqrt(Dot(row, row)));
    }

    private static bool Turn(double[] x, double[] y, double floor)
    {
        var (xx, yy, xy) = (Dot(x, x), Dot(y, y), Dot(x, y));
        if (Math.Abs(xy) <= Math.Max(Orthogonal * Math.Sqrt(xx * yy), floor))
            return false;
        var ratio = (yy - xx) / (2 * xy);
        var tangent = (ratio < 0 ? -1 : 1) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = cosine * tangent;
        for (var i = 0; i < x.Length; i++)
            (x[i], y[i]) = (cosine * x[i] - sine * y[i], sine * x[i] + cosine * y[i]);
        return true;
    }

    private static double[][] Centred(IReadOnlyList<double[]> vectors)
    {
        var (mean, scale) = (Mean(vectors), 1 / Math.Sqrt(vectors.Count - 1));
        return [.. vectors.Select(vector => vector.Zip(mean, (value, middle) => (value - middle) * scale).ToArray())];
    }

    private static double[] Mean(IReadOnlyList<double[]> vectors) =>
        [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];

    private static double Dot(double[] x, double[] y)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            sum += new Vector<double>(x, i) * new Vector<double>(y, i);
        var total = Vector.Sum(sum);
        for (; i < x.Length; i++)
            total += x[i] * y[i];
        return total;
    }
}
