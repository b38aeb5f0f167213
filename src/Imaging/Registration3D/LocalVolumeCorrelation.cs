using System.Buffers;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging;

/// <summary>
/// Squared local correlation of two volumes over 9 x 9 x 9 windows, and its exact gradient in the displacement of the second: with K the
/// window mean, a = 2 cov / (var f var m) and b = a cov / var m, that is f K(a) - m K(b) + K(b mean m - a mean f), times the slope of m.
/// </summary>
/// <remarks>Windows are cut off at the borders. Planes are filtered one by one, then strips of rows along the planes: the result does not
/// depend on how many threads share them.</remarks>
internal sealed class LocalVolumeCorrelation
{
    private const int Reach = 4;

    /// <summary>Added to both variances: noise of 1 % of the range in air or a flat tissue does not become pattern.</summary>
    private const float Floor = 1e-4f;

    private const int StripRows = 8;

    private readonly int _width;
    private readonly int _height;
    private readonly int _depth;
    private readonly ParallelOptions _threads;
    private readonly float[] _fixed;
    private readonly float[] _fixedMean;
    private readonly float[] _fixedVariance;
    private readonly float[] _inverseArea;
    private readonly float[][] _sums;
    private readonly double[] _strips;

    /// <param name="fixedVolume">[0, 1].</param>
    /// <param name="threads">Most threads.</param>
    public LocalVolumeCorrelation(VoxelVolume fixedVolume, int threads)
    {
        (_width, _height, _depth, _fixed) = (fixedVolume.Width, fixedVolume.Height, fixedVolume.Depth, fixedVolume.Voxels);
        _threads = new() { MaxDegreeOfParallelism = threads };
        (_fixedMean, _fixedVariance) = (new float[_fixed.Length], new float[_fixed.Length]);
        _sums = [.. Enumerable.Range(0, 3).Select(_ => new float[_fixed.Length])];
        _inverseArea = [.. Enumerable.Range(0, _width * _height).Select(i => 1f / (Window(i % _width, _width) * Window(i / _width, _height)))];
        _strips = new double[(_height + StripRows - 1) / StripRows];
        SumPlanes((_fixed, null), (_fixed, _fixed));
        AlongStrips(2, static (self, at, length, inverse, sums) => self.FixedMoments(at, length, inverse, sums));
    }

    /// <summary>Mean squared correlation over all windows, 0..1.</summary>
    /// <param name="moved">The second volume on the first one's grid.</param>
    /// <param name="gradient">Receives the correlation's growth per voxel of displacement; 0 on the border.</param>
    public double Evaluate(float[] moved, float[][] gradient)
    {
        SumPlanes((moved, null), (moved, moved), (_fixed, moved));
        Array.Clear(_strips);
        AlongStrips(3, (self, at, length, inverse, sums) => self.Coefficients(at, length, inverse, sums, gradient));
        var mean = _strips.Sum() / _fixed.Length;
        SumPlanes((gradient[0], null), (gradient[1], null), (gradient[2], null));
        AlongStrips(3, (self, at, length, _, sums) => self.Gradient(at, length, sums, moved, gradient));
        return mean;
    }

    private static int Window(int at, int length) => Math.Min(at, Reach) + 1 + Math.Min(length - 1 - at, Reach);

    /// <summary>Window sums within each plane.</summary>
    private void SumPlanes(params (float[] A, float[]? B)[] products) => Parallel.For(0, _depth, _threads, z =>
    {
        var (at, size) = (z * _width * _height, _width * _height);
        var scratch = ArrayPool<float>.Shared.Rent(size + _width + 2 * Reach);
        for (var k = 0; k < products.Length; k++)
            PlaneFilter.Box(products[k].A.AsSpan(at, size), products[k].B is { } b ? b.AsSpan(at, size) : default, _sums[k].AsSpan(at, size), _width, Reach, scratch);
        ArrayPool<float>.Shared.Return(scratch);
    });

    private delegate void StripAction(LocalVolumeCorrelation self, int at, int length, float inverseDepth, float[][] sums);

    /// <summary>Completes the window sums across the planes, strip by strip, and hands them on plane by plane.</summary>
    private void AlongStrips(int quantities, StripAction action) => Parallel.For(0, _strips.Length, _threads, strip =>
    {
        var (size, first) = (_width * _height, strip * StripRows * _width);
        var length = Math.Min(StripRows * _width, size - first);
        var sums = new float[quantities][];
        for (var k = 0; k < quantities; k++)
        {
            sums[k] = ArrayPool<float>.Shared.Rent(length);
            sums[k].AsSpan(0, length).Clear();
            for (var z = 0; z < Math.Min(Reach, _depth); z++)
                PlaneFilter.Add(sums[k].AsSpan(0, length), sums[k].AsSpan(0, length), _sums[k].AsSpan(z * size + first, length));
        }
        for (var z = 0; z < _depth; z++)
        {
            for (var k = 0; k < quantities; k++)
            {
                if (z + Reach < _depth)
                    PlaneFilter.Add(sums[k].AsSpan(0, length), sums[k].AsSpan(0, length), _sums[k].AsSpan((z + Reach) * size + first, length));
                if (z - Reach - 1 >= 0)
                    PlaneFilter.Subtract(sums[k].AsSpan(0, length), _sums[k].AsSpan((z - Reach - 1) * size + first, length));
            }
            action(this, z * size + first, length, 1f / Window(z, _depth), sums);
        }
        foreach (var sum in sums)
            ArrayPool<float>.Shared.Return(sum);
    });

    private void FixedMoments(int at, int length, float inverse, float[][] sums)
    {
        for (var i = 0; i < length; i++)
        {
            var share = _inverseArea[at % _inverseArea.Length + i] * inverse;
            var mean = sums[0][i] * share;
            _fixedMean[at + i] = mean;
            _fixedVariance[at + i] = Math.Max(sums[1][i] * share - mean * mean, 0) + Floor;
        }
    }

    private void Coefficients(int at, int length, float inverse, float[][] sums, float[][] result)
    {
        var (plane, total, i) = (at % _inverseArea.Length, Vector256<float>.Zero, 0);
        for (; i <= length - 8; i += 8)
        {
            var share = Vector256.Create(_inverseArea, plane + i) * inverse;
            var meanM = Vector256.Create(sums[0], i) * share;
            var varM = Vector256.Max(Vector256.Create(sums[1], i) * share - meanM * meanM, Vector256<float>.Zero) + Vector256.Create(Floor);
            var meanF = Vector256.Create(_fixedMean, at + i);
            var covariance = Vector256.Create(sums[2], i) * share - meanF * meanM;
            var a = covariance / (Vector256.Create(_fixedVariance, at + i) * varM);
            total += a * covariance;
            a *= 2 * share;
            var b = a * covariance / varM;
            a.CopyTo(result[0], at + i);
            b.CopyTo(result[1], at + i);
            (b * meanM - a * meanF).CopyTo(result[2], at + i);
        }
        var sum = Vector256.Sum(total);
        for (; i < length; i++)
        {
            var share = _inverseArea[plane + i] * inverse;
            var meanM = sums[0][i] * share;
            var varM = Math.Max(sums[1][i] * share - meanM * meanM, 0) + Floor;
            var covariance = sums[2][i] * share - _fixedMean[at + i] * meanM;
            var a = covariance / (_fixedVariance[at + i] * varM);
            sum += a * covariance;
            a *= 2 * share;
            var b = a * covariance / varM;
            (result[0][at + i], result[1][at + i], result[2][at + i]) = (a, b, b * meanM - a * _fixedMean[at + i]);
        }
        _strips[plane / (StripRows * _width)] += sum;
    }

    private void Gradient(int at, int length, float[][] sums, float[] moved, float[][] result)
    {
        var (size, z) = (_width * _height, at / (_width * _height));
        for (var row = 0; row < length; row += _width)
        {
            var (start, y) = (at + row, (at + row) % size / _width);
            if (y == 0 || y == _height - 1 || z == 0 || z == _depth - 1)
            {
                foreach (var axis in result)
                    axis.AsSpan(start, _width).Clear();
                continue;
            }
            var x = 0;
            for (; x <= _width - 8; x += 8)
            {
                var i = start + x;
                var growth = 0.5f * (Vector256.Create(_fixed, i) * Vector256.Create(sums[0], row + x)
                    - Vector256.Create(moved, i) * Vector256.Create(sums[1], row + x) + Vector256.Create(sums[2], row + x));
                (growth * (Vector256.Create(moved, i + 1) - Vector256.Create(moved, i - 1))).CopyTo(result[0], i);
                (growth * (Vector256.Create(moved, i + _width) - Vector256.Create(moved, i - _width))).CopyTo(result[1], i);
                (growth * (Vector256.Create(moved, i + size) - Vector256.Create(moved, i - size))).CopyTo(result[2], i);
            }
            for (; x < _width; x++)
            {
                var i = start + x;
                var growth = 0.5f * (_fixed[i] * sums[0][row + x] - moved[i] * sums[1][row + x] + sums[2][row + x]);
                (result[0][i], result[1][i], result[2][i]) =
                    (growth * (moved[i + 1] - moved[i - 1]), growth * (moved[i + _width] - moved[i - _width]), growth * (moved[i + size] - moved[i - size]));
            }
            foreach (var axis in result)
                (axis[start], axis[start + _width - 1]) = (0, 0);
        }
    }
}
