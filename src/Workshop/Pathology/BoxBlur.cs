namespace Gateway.Workshop.Pathology;

/// <summary>Gaussian blur of a box of samples, 0 beyond it.</summary>
internal static class BoxBlur
{
    /// <param name="values">Changed; x fastest.</param>
    /// <param name="size">Samples along each axis.</param>
    /// <param name="sigma">Standard deviations, samples; less than 0.1 for none.</param>
    public static void Apply(float[] values, (int X, int Y, int Z) size, (float X, float Y, float Z) sigma)
    {
        Pass(values, size.X, 1, size.Y * size.Z, line => line * size.X, sigma.X);
        Pass(values, size.Y, size.X, size.X * size.Z, line => line / size.X * size.X * size.Y + line % size.X, sigma.Y);
        Pass(values, size.Z, size.X * size.Y, size.X * size.Y, line => line, sigma.Z);
    }

    /// <summary>Gaussian along every line of one axis; 0 beyond the box.</summary>
    private static void Pass(float[] values, int length, int stride, int lines, Func<int, int> start, float sigma)
    {
        if (sigma < 0.1f)
            return;
        var reach = (int)MathF.Ceiling(3 * sigma);
        float[] taps = [.. Enumerable.Range(0, reach + 1).Select(k => MathF.Exp(-k * k / (2 * sigma * sigma)))];
        var sum = 2 * taps.Sum() - taps[0];
        Parallel.For(0, lines, line =>
        {
            var (first, copy) = (start(line), new float[length]);
            for (var i = 0; i < length; i++)
                copy[i] = values[first + i * stride];
            for (var i = 0; i < length; i++)
            {
                var total = 0f;
                for (var k = Math.Max(-reach, -i); k <= Math.Min(reach, length - 1 - i); k++)
                    total += taps[Math.Abs(k)] * copy[i + k];
                values[first + i * stride] = total / sum;
            }
        });
    }
}
