using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging;

/// <summary>
/// One step of the greedy scheme: u becomes v + u(p + v). Steps are shorter than a voxel, so that trilinear interpolation at p + v is a sum
/// over the 27 neighbours with weights max(0, 1 - |v - k|) along each axis: no gathering, eight voxels at a time.
/// </summary>
internal static class FieldComposition
{
    /// <param name="step">The direction; multiplied by <paramref name="scale"/> it is v, shorter than 1 voxel.</param>
    /// <param name="scale">See there.</param>
    /// <param name="total">u.</param>
    /// <param name="result">Receives the new u; another field.</param>
    /// <param name="size">Width, height, depth.</param>
    /// <param name="threads">Most threads.</param>
    public static void Compose(float[][] step, float scale, float[][] total, float[][] result, (int Width, int Height, int Depth) size, int threads) =>
        Parallel.For(0, size.Depth, new ParallelOptions { MaxDegreeOfParallelism = threads }, z =>
        {
            for (var y = 0; y < size.Height; y++)
                Row(step, scale, total, result, size, y, z);
        });

    private static void Row(float[][] step, float scale, float[][] total, float[][] result, (int Width, int Height, int Depth) size, int y, int z)
    {
        Span<int> rows = stackalloc int[9];
        for (var k = 0; k < 9; k++)
            rows[k] = (Math.Clamp(z + k / 3 - 1, 0, size.Depth - 1) * size.Height + Math.Clamp(y + k % 3 - 1, 0, size.Height - 1)) * size.Width;
        var start = (z * size.Height + y) * size.Width;
        Edge(step, scale, total, result, size.Width, start, rows, 0);
        var x = 1;
        for (; x <= size.Width - 9; x += 8)
            Eight(step, scale, total, result, start + x, rows, x);
        for (; x < size.Width; x++)
            Edge(step, scale, total, result, size.Width, start, rows, x);
    }

    private static void Eight(float[][] step, float scale, float[][] total, float[][] result, int at, ReadOnlySpan<int> rows, int x)
    {
        ref var ux = ref MemoryMarshal.GetArrayDataReference(total[0]);
        ref var uy = ref MemoryMarshal.GetArrayDataReference(total[1]);
        ref var uz = ref MemoryMarshal.GetArrayDataReference(total[2]);
        var (vx, vy, vz) = (Vector256.Create(step[0], at) * scale, Vector256.Create(step[1], at) * scale, Vector256.Create(step[2], at) * scale);
        var (leftX, sameX, rightX) = Weights(vx);
        var (leftY, sameY, rightY) = Weights(vy);
        var (leftZ, sameZ, rightZ) = Weights(vz);
        var (sumX, sumY, sumZ) = (vx, vy, vz);
        for (var k = 0; k < 9; k++)
        {
            var weight = (k / 3) switch { 0 => leftZ, 1 => sameZ, _ => rightZ } * ((k % 3) switch { 0 => leftY, 1 => sameY, _ => rightY });
            var (left, same, right) = (weight * leftX, weight * sameX, weight * rightX);
            var near = (nuint)(rows[k] + x);
            sumX = Three(ref ux, near, left, same, right, sumX);
            sumY = Three(ref uy, near, left, same, right, sumY);
            sumZ = Three(ref uz, near, left, same, right, sumZ);
        }
        sumX.CopyTo(result[0], at);
        sumY.CopyTo(result[1], at);
        sumZ.CopyTo(result[2], at);
    }

    private static (Vector256<float> Left, Vector256<float> Same, Vector256<float> Right) Weights(Vector256<float> v) =>
        (Vector256.Max(-v, Vector256<float>.Zero), Vector256<float>.One - Vector256.Abs(v), Vector256.Max(v, Vector256<float>.Zero));

    private static Vector256<float> Three(ref float values, nuint near, Vector256<float> left, Vector256<float> same, Vector256<float> right, Vector256<float> sum)
    {
        sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref values, near - 1), left, sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref values, near), same, sum);
        return Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref values, near + 1), right, sum);
    }

    /// <summary>One voxel; neighbours beyond the border are the border's.</summary>
    private static void Edge(float[][] step, float scale, float[][] total, float[][] result, int width, int start, ReadOnlySpan<int> rows, int x)
    {
        var (vx, vy, vz) = (step[0][start + x] * scale, step[1][start + x] * scale, step[2][start + x] * scale);
        var (sumX, sumY, sumZ) = (vx, vy, vz);
        for (var k = 0; k < 27; k++)
        {
            var weight = Weight(vx, k % 3 - 1) * Weight(vy, k / 3 % 3 - 1) * Weight(vz, k / 9 - 1);
            var near = rows[k / 3] + Math.Clamp(x + k % 3 - 1, 0, width - 1);
            (sumX, sumY, sumZ) = (sumX + weight * total[0][near], sumY + weight * total[1][near], sumZ + weight * total[2][near]);
        }
        (result[0][start + x], result[1][start + x], result[2][start + x]) = (sumX, sumY, sumZ);

        static float Weight(float v, int k) => Math.Max(0, 1 - Math.Abs(v - k));
    }
}
