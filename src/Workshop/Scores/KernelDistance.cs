namespace Gateway.Workshop.Scores;

/// <summary>Squared maximum mean discrepancy between two sets of feature vectors under the kernel (x.y / d + 1)^3, without bias (Gretton et
/// al. 2012). With the 2048 features of the 2015 Inception it is the KID (Binkowski et al. 2018), here over all vectors in place of random
/// subsets of 1000. Unlike a Frechet distance it does not depend on n, and may fall below 0.</summary>
public static class KernelDistance
{
    /// <param name="first">At least two vectors of one length.</param>
    /// <param name="second">The same.</param>
    /// <exception cref="ArgumentException">A set has fewer than two vectors, or lengths differ.</exception>
    public static double Of(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count < 2 || second.Count < 2 || first.Concat(second).Any(vector => vector.Length != first[0].Length))
            throw new ArgumentException("A kernel distance takes two sets of at least two vectors of one length.");
        return Within(first) + Within(second) - 2 * first.Average(x => second.Average(y => Kernel(x, y)));
    }

    private static double Within(IReadOnlyList<double[]> vectors)
    {
        var sum = 0.0;
        for (var i = 0; i < vectors.Count; i++)
            for (var j = 0; j < i; j++)
                sum += Kernel(vectors[i], vectors[j]);
        return 2 * sum / ((double)vectors.Count * (vectors.Count - 1));
    }

    private static double Kernel(double[] x, double[] y) => Math.Pow(x.Zip(y).Sum(pair => pair.First * pair.Second) / x.Length + 1, 3);
}
