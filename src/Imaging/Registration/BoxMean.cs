using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging.Registration;

/// <summary>Mean over a square window; pixels beyond the border count as 0. Uses running sums down the columns,
/// and allocates nothing after the
/// constructor.</summary>
/// <param name="width">Pixels, a multiple of 8.</param>
/// <param name="height">Pixels.</param>
/// <param name="radius">The window is 2 radius + 1 pixels wide.</param>
internal sealed class BoxMean(int width, int height, int radius)
{
    private readonly float[] _padded = new float[width + 2 * radius];
    private readonly float[] _rows = new float[width * height];
    private readonly float[] _sum = new float[width];

    /// <summary>Replaces the values by their means.</summary>
    public void Apply(Span<float> values)
    {
        for (var y = 0; y < height; y++)
            SumRow(values.Slice(y * width, width), _rows.AsSpan(y * width, width));
        _sum.AsSpan().Clear();
        for (var y = -radius; y < height; y++)
        {
            if (y + radius < height)
                Add(_rows.AsSpan((y + radius) * width, width), 1);
            if (y - radius > 0)
                Add(_rows.AsSpan((y - radius - 1) * width, width), -1);
            if (y >= 0)
                Scale(values.Slice(y * width, width));
        }
    }

    private void SumRow(ReadOnlySpan<float> row, Span<float> sums)
    {
        row.CopyTo(_padded.AsSpan(radius));
        ReadOnlySpan<float> padded = _padded;
        for (var x = 0; x < width; x += 8)
        {
            var sum = Vector256.Create(padded.Slice(x, 8));
            for (var k = 1; k <= 2 * radius; k++)
                sum += Vector256.Create(padded.Slice(x + k, 8));
            sum.CopyTo(sums[x..]);
        }
    }

    private void Add(ReadOnlySpan<float> row, float sign)
    {
        var sums = MemoryMarshal.Cast<float, Vector256<float>>(_sum.AsSpan());
        var values = MemoryMarshal.Cast<float, Vector256<float>>(row);
        for (var i = 0; i < sums.Length; i++)
            sums[i] += values[i] * sign;
    }

    private void Scale(Span<float> row)
    {
        var sums = MemoryMarshal.Cast<float, Vector256<float>>(_sum.AsSpan());
        var values = MemoryMarshal.Cast<float, Vector256<float>>(row);
        var share = 1f / ((2 * radius + 1) * (2 * radius + 1));
        for (var i = 0; i < values.Length; i++)
            values[i] = sums[i] * share;
    }
}
