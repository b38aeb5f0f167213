using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>Separable Gaussian in place; the border is repeated. Allocates nothing after the constructor.</summary>
internal sealed class Smoothing
{
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _taps;
    private readonly float[] _padded;
    private readonly float[] _rows;

    /// <param name="width">Pixels, a multiple of 8.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="sigma">Standard deviation, pixels.</param>
    public Smoothing(int width, int height, double sigma)
    {
        (_width, _height, _taps) = (width, height, GaussianFilter.Kernel(sigma));
        (_padded, _rows) = (new float[width + _taps.Length - 1], new float[width * height]);
    }

    /// <summary>Replaces the values by their weighted means.</summary>
    public void Apply(Span<float> values)
    {
        for (var y = 0; y < _height; y++)
            AlongRow(values.Slice(y * _width, _width), _rows.AsSpan(y * _width, _width));
        for (var y = 0; y < _height; y++)
            DownColumns(y, values.Slice(y * _width, _width));
    }

    private void AlongRow(ReadOnlySpan<float> row, Span<float> result)
    {
        var reach = _taps.Length / 2;
        _padded.AsSpan(0, reach).Fill(row[0]);
        row.CopyTo(_padded.AsSpan(reach));
        _padded.AsSpan(reach + _width).Fill(row[^1]);
        ReadOnlySpan<float> padded = _padded;
        for (var x = 0; x < _width; x += 8)
        {
            var sum = Vector256<float>.Zero;
            for (var k = 0; k < _taps.Length; k++)
                sum += Vector256.Create(padded.Slice(x + k, 8)) * _taps[k];
            sum.CopyTo(result[x..]);
        }
    }

    private void DownColumns(int y, Span<float> result)
    {
        result.Clear();
        var sums = Lanes.Of(result);
        for (var k = 0; k < _taps.Length; k++)
        {
            var from = Math.Clamp(y + k - _taps.Length / 2, 0, _height - 1);
            var row = MemoryMarshal.Cast<float, Vector256<float>>(_rows.AsSpan(from * _width, _width));
            for (var i = 0; i < sums.Length; i++)
                sums[i] += row[i] * _taps[k];
        }
    }
}
