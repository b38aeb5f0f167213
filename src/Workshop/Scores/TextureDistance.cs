namespace Gateway.Workshop.Scores;

/// <summary>Kernel distance (<see cref="KernelDistance"/>) of made pictures to real ones on radiomic figures, each scaled by the real
/// pictures' mean and spread, and drawn together where far off, so that one figure does not decide. It looks at grey values and texture,
/// needs no foreign weights, and is no KID: that is of Inception's features.</summary>
public sealed class TextureDistance
{
    private readonly double[,] _made;
    private readonly double[] _cross;
    private readonly double _real;

    /// <param name="made">Figures of each made picture; at least two.</param>
    /// <param name="real">Of the real ones; at least two.</param>
    public TextureDistance(IReadOnlyList<double[]> made, IReadOnlyList<double[]> real)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(real);
        var scale = Scale(real);
        double[][] x = [.. made.Select(scale)], y = [.. real.Select(scale)];
        _made = new double[x.Length, x.Length];
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < x.Length; j++)
                _made[i, j] = Kernel(x[i], x[j]);
        _cross = [.. x.Select(a => y.Average(b => Kernel(a, b)))];
        _real = y.SelectMany((a, i) => y.Take(i).Select(b => Kernel(a, b))).Average();
    }

    public double Value => Of([.. _cross.Select(_ => 1)]);

    /// <param name="weights">How often each made picture counts. A picture is never compared with itself.</param>
    public double Of(int[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var (within, pairs, cross, count) = (0.0, 0.0, 0.0, 0);
        for (var i = 0; i < weights.Length; i++)
        {
            (cross, count) = (cross + weights[i] * _cross[i], count + weights[i]);
            for (var j = 0; j < i; j++)
                (within, pairs) = (within + weights[i] * weights[j] * _made[i, j], pairs + weights[i] * weights[j]);
        }
        return (pairs > 0 ? within / pairs : 0) + _real - 2 * cross / count;
    }

    private static Func<double[], double[]> Scale(IReadOnlyList<double[]> real)
    {
        var mean = Enumerable.Range(0, real[0].Length).Select(k => real.Average(v => v[k])).ToArray();
        var deviation = mean.Select((m, k) => Math.Max(Math.Sqrt(real.Average(v => (v[k] - m) * (v[k] - m))), 1e-3)).ToArray();
        return vector => [.. vector.Select((value, k) => Math.Asinh((value - mean[k]) / deviation[k]))];
    }

    private static double Kernel(double[] x, double[] y) => Math.Pow(x.Zip(y).Sum(pair => pair.First * pair.Second) / x.Length + 1, 3);
}
