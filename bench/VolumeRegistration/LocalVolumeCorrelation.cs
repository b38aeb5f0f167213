using System.Buffers;
using System.Runtime.Intrinsics;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>
/// Squared local correlation of two volumes over 9 x 9 x 9 windows, (cov + floor)² / ((var f + floor) (var m + floor)) as SSIM has it, and
/// what a Gauss-Newton step needs of it. In every window the second volume is fitted by its own gain and offset, so bias fields and gamma
/// cost nothing.</summary>
/// <remarks>Windows are cut off at the borders. Planes are filtered one by one, then strips of rows along the planes: the result does not
/// depend on how many threads share them.</remarks>
internal sealed class LocalVolumeCorrelation
{
    private const int Reach = 4;

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
    private readonly float[][] _coefficients;
    private readonly float _floor;
    private readonly double[] _strips;

    /// <param name="fixedVolume">[0, 1], its width a multiple of 8.</param>
    /// <param name="floor">Added to variances and covariance: windows without contrast agree.</param>
    /// <param name="threads">Most threads.</param>
    public LocalVolumeCorrelation(VoxelVolume fixedVolume, float floor, int threads)
    {
        _floor = floor;
        (_width, _height, _depth, _fixed) = (fixedVolume.Width, fixedVolume.Height, fixedVolume.Depth, fixedVolume.Voxels);
        _threads = new() { MaxDegreeOfParallelism = threads };
        (_fixedMean, _fixedVariance) = (new float[_fixed.Length], new float[_fixed.Length]);
        _sums = [.. Enumerable.Range(0, 3).Select(_ => new float[_fixed.Length])];
        _coefficients = [.. Enumerable.Range(0, 3).Select(_ => new float[_fixed.Length])];
        _inverseArea = [
            .. Enumerable.Range(0, _width * _height).Select(i => 1f / (Window(i % _width, _width) * Window(i / _width, _height)))];
        _strips = new double[(_height + StripRows - 1) / StripRows];
        SumPlanes((_fixed, null), (_fixed, _fixed));
        AlongStrips(2, static (self, at, length, inverse, sums) => self.FixedMoments(at, length, inverse, sums));
    }

    /// <summary>Second derivative of the sum of (1 - correlation²) in each of the second volume's values, after Gauss and Newton;
    /// positive.</summary>
    public float[] Curvature => _coefficients[0];

    /// <summary>First derivative, negative, by second derivative.</summary>
    public float[] Step => _coefficients[1];

    /// <summary>Mean squared correlation over all windows, 0..1, negative correlation as 0.</summary>
    /// <param name="moved">The second volume on the first one's grid.</param>
    public double Evaluate(float[] moved)
    {
        SumPlanes((moved, null), (moved, moved), (_fixed, moved));
        Array.Clear(_strips);
        AlongStrips(3, static (self, at, length, inverse, sums) => self.Coefficients(at, length, inverse, sums));
        var mean = _strips.Sum() / _fixed.Length;
        SumPlanes((_coefficients[0], null), (_coefficients[1], null), (_coefficients[2], null));
        AlongStrips(3, (self, at, length, _, sums) => self.Derivatives(at, length, sums, moved));
        return mean;
    }

    private static int Window(int at, int length) => Math.Min(at, Reach) + 1 + Math.Min(length - 1 - at, Reach);

    /// <summary>Window sums within each plane.</summary>
    private void SumPlanes(params (float[] A, float[]? B)[] products) => Parallel.For(0, _depth, _threads, z =>
    {
        var (at, size) = (z * _width * _height, _width * _height);
        var scratch = ArrayPool<float>.Shared.Rent(size + _width + 2 * Reach);
        for (var k = 0; k < products.Length; k++)
            PlaneFilter.Box(
                products[k].A.AsSpan(at, size), products[k].B is { } b ? b.AsSpan(at, size) : default, _sums[k].AsSpan(at, size), _width,
                Reach, scratch);
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
                    PlaneFilter.Add(
                        sums[k].AsSpan(0, length), sums[k].AsSpan(0, length), _sums[k].AsSpan((z + Reach) * size + first, length));
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
            _fixedVariance[at + i] = Math.Max(sums[1][i] * share - mean * mean, 0) + _floor;
        }
    }

    /// <summary>Window by window alpha = 2 cov / (var f var m) and beta = alpha gain, shared out over the window, and beta mean m - alpha
    /// mean f.</summary>
    private void Coefficients(int at, int length, float inverse, float[][] sums)
    {
        var (plane, total, result) = (at % _inverseArea.Length, Vector256<float>.Zero, _coefficients);
        for (var i = 0; i < length; i += 8)
        {
            var share = Vector256.Create(_inverseArea, plane + i) * inverse;
            var (meanF, meanM) = (Vector256.Create(_fixedMean, at + i), Vector256.Create(sums[0], i) * share);
            var varM = Vector256.Max(
                Vector256.Create(sums[1], i) * share - meanM * meanM, Vector256<float>.Zero) + Vector256.Create(_floor);
            var covariance = Vector256.Max(
                Vector256.Create(sums[2], i) * share - meanF * meanM, Vector256<float>.Zero) + Vector256.Create(_floor);
            var gain = covariance / varM;
            var alpha = gain / Vector256.Create(_fixedVariance, at + i);
            total += alpha * covariance;
            alpha *= 2 * share;
            var beta = alpha * gain;
            alpha.CopyTo(result[0], at + i);
            beta.CopyTo(result[1], at + i);
            (beta * meanM - alpha * meanF).CopyTo(result[2], at + i);
        }
        _strips[plane / (StripRows * _width)] += Vector256.Sum(total);
    }

    private void Derivatives(int at, int length, float[][] sums, float[] moved)
    {
        for (var i = 0; i < length; i += 8)
        {
            var curvature = Vector256.Max(Vector256.Create(sums[1], i), Vector256.Create(1e-6f));
            var growth = Vector256.Create(_fixed, at + i) * Vector256.Create(sums[0], i) - Vector256.Create(moved, at + i) * curvature
                + Vector256.Create(sums[2], i);
            curvature.CopyTo(Curvature, at + i);
            (growth / curvature).CopyTo(Step, at + i);
        }
    }
}
