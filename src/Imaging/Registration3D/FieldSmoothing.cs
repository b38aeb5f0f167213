using System.Buffers;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging;

/// <summary>Gaussian smoothing of displacement fields, border repeated: planes one by one, then strips of rows across them.</summary>
internal sealed class FieldSmoothing(int width, int height, int depth, int threads)
{
    private const int StripRows = 8;

    private readonly ParallelOptions _threads = new() { MaxDegreeOfParallelism = threads };
    private readonly float[] _longest = new float[(height + StripRows - 1) / StripRows];

    /// <summary>Smooths and says the longest vector's length.</summary>
    /// <param name="field">Overwritten on the way.</param>
    /// <param name="result">Receives the smooth field.</param>
    /// <param name="sigma">Standard deviation, voxels; taps reach twice as far.</param>
    public float Apply(float[][] field, float[][] result, double sigma)
    {
        var taps = GaussianFilter.Kernel(sigma, Math.Max(1, (int)Math.Ceiling(2 * sigma)));
        Parallel.For(0, depth, _threads, z =>
        {
            var scratch = ArrayPool<float>.Shared.Rent(width * height + width + taps.Length);
            foreach (var axis in field)
                PlaneFilter.Convolve(axis.AsSpan(z * width * height, width * height), width, taps, scratch);
            ArrayPool<float>.Shared.Return(scratch);
        });
        Parallel.For(0, _longest.Length, _threads, strip =>
        {
            var (first, longest) = (strip * StripRows * width, 0f);
            var length = Math.Min(StripRows * width, width * height - first);
            for (var z = 0; z < depth; z++)
            {
                for (var axis = 0; axis < 3; axis++)
                    PlaneFilter.ConvolveAcross(field[axis], result[axis].AsSpan(z * width * height + first, length), z, depth, width * height, taps, first);
                longest = Math.Max(longest, LongestSquare(result, z * width * height + first, length));
            }
            _longest[strip] = longest;
        });
        return MathF.Sqrt(_longest.Max());
    }

    private static float LongestSquare(float[][] field, int at, int length)
    {
        var (longest, i) = (Vector256<float>.Zero, 0);
        for (; i <= length - 8; i += 8)
        {
            var (x, y, z) = (Vector256.Create(field[0], at + i), Vector256.Create(field[1], at + i), Vector256.Create(field[2], at + i));
            longest = Vector256.Max(longest, x * x + y * y + z * z);
        }
        var most = 0f;
        for (var lane = 0; lane < 8; lane++)
            most = Math.Max(most, longest[lane]);
        for (; i < length; i++)
            most = Math.Max(most, field[0][at + i] * field[0][at + i] + field[1][at + i] * field[1][at + i] + field[2][at + i] * field[2][at + i]);
        return most;
    }
}
