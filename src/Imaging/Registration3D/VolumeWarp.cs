using System.Buffers;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging;

/// <summary>Trilinear values of a volume at displaced voxels of another grid, its border repeated outside: what is looked at while optimising.</summary>
internal sealed class VolumeWarp(VoxelVolume moving, AffineTransform3D toMoving, int threads)
{
    private readonly ParallelOptions _threads = new() { MaxDegreeOfParallelism = threads };

    /// <param name="field">Displacements on the grid, voxels.</param>
    /// <param name="size">Of the grid.</param>
    /// <param name="result">Receives the values.</param>
    public void Apply(float[][] field, (int Width, int Height, int Depth) size, float[] result) => Parallel.For(0, size.Depth, _threads, z =>
    {
        var padded = (size.Width + 7) / 8 * 8;
        var places = ArrayPool<float>.Shared.Rent(3 * padded);
        for (var y = 0; y < size.Height; y++)
        {
            var start = (z * size.Height + y) * size.Width;
            Places(field, start, size.Width, toMoving.Apply(new(0, y, z)), places, padded);
            Sample(places, padded, result.AsSpan(start, size.Width));
        }
        ArrayPool<float>.Shared.Return(places);
    });

    /// <summary>Where a row's voxels are seen in the moving volume, kept within it.</summary>
    private void Places(float[][] field, int start, int width, Vector3D origin, float[] places, int padded)
    {
        Axis(origin.X, toMoving.X.X, toMoving.Y.X, toMoving.Z.X, moving.Width, 0);
        Axis(origin.Y, toMoving.X.Y, toMoving.Y.Y, toMoving.Z.Y, moving.Height, padded);
        Axis(origin.Z, toMoving.X.Z, toMoving.Y.Z, toMoving.Z.Z, moving.Depth, 2 * padded);

        void Axis(double at, double byX, double byY, double byZ, int length, int to)
        {
            var (most, x) = (Math.Max(0, length - 1.001f), 0);
            var along = Vector256.Create((float)at) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) * (float)byX;
            for (; x <= width - 8; x += 8, along += Vector256.Create((float)(8 * byX)))
            {
                var place = along + Vector256.Create(field[0], start + x) * (float)byX + Vector256.Create(field[1], start + x) * (float)byY + Vector256.Create(field[2], start + x) * (float)byZ;
                Vector256.Min(Vector256.Max(place, Vector256<float>.Zero), Vector256.Create(most)).CopyTo(places, to + x);
            }
            for (; x < width; x++)
                places[to + x] = Math.Clamp((float)(at + (x + field[0][start + x]) * byX + field[1][start + x] * byY + field[2][start + x] * byZ), 0, most);
        }
    }

    private void Sample(float[] places, int padded, Span<float> result)
    {
        var (row, plane) = (moving.Width, moving.Width * moving.Height);
        var xs = places.AsSpan(0, result.Length);
        var ys = places.AsSpan(padded, result.Length);
        var zs = places.AsSpan(2 * padded, result.Length);
        for (var x = 0; x < result.Length; x++)
        {
            var (i, j, k) = ((int)xs[x], (int)ys[x], (int)zs[x]);
            var (a, b, c) = (xs[x] - i, ys[x] - j, zs[x] - k);
            var near = moving.Voxels.AsSpan(k * plane + j * row + i, plane + row + 2);
            var above = near[0] + a * (near[1] - near[0]);
            var below = near[row] + a * (near[row + 1] - near[row]);
            var front = above + b * (below - above);
            above = near[plane] + a * (near[plane + 1] - near[plane]);
            below = near[plane + row] + a * (near[plane + row + 1] - near[plane + row]);
            result[x] = front + c * (above + b * (below - above) - front);
        }
    }
}
