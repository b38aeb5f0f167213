namespace Gateway.TrainingWorker.Onnx;

/// <summary>How often each value of a picture between two operators occurs.</summary>
internal sealed class ValueHistogram
{
    private const int Bins = 2048;

    /// <summary>The least share of the range that a grid reaches over, in twentieths: cutting off more may lose a small finding.</summary>
    private const int Least = 17;

    private readonly long[] _counts = new long[Bins];

    public float Low { get; private set; } = float.PositiveInfinity;
    public float High { get; private set; } = float.NegativeInfinity;

    private float Width => (High - Low) / Bins;

    /// <summary>The first look finds the range, the second counts in it.</summary>
    public void Widen(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            (Low, High) = (Math.Min(Low, value), Math.Max(High, value));
    }

    public void Count(ReadOnlySpan<float> values)
    {
        var scale = High > Low ? 1 / Width : 0;
        foreach (var value in values)
            _counts[Math.Clamp((int)((value - Low) * scale), 0, Bins - 1)]++;
    }

    /// <summary>The grid with the least squared error: a narrower one cuts off what is rare and is finer for the rest.</summary>
    public CodeGrid Best() =>
        Enumerable.Range(Least, 21 - Least).Select(share => CodeGrid.Of(Low * share / 20, High * share / 20)).MinBy(SquaredError);

    private double SquaredError(CodeGrid grid)
    {
        var (low, high) = (-grid.Zero * grid.Scale, (byte.MaxValue - grid.Zero) * grid.Scale);
        var (rounding, sum) = (grid.Scale * grid.Scale / 12.0, 0.0);
        for (var i = 0; i < Bins; i++)
        {
            var value = Low + (i + 0.5) * Width;
            var beyond = Math.Max(0, Math.Max(low - value, value - high));
            sum += _counts[i] * (rounding + beyond * beyond);
        }
        return sum;
    }
}
