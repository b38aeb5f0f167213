using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.VolumeRegistration;

/// <summary>The sums over one row of voxels that <see cref="LinearSums"/> needs. Along a row coordinates change with x alone, so that the
/// 105 products of the normal equations come from 42 sums: gradient products times 1, x and x², and so on.</summary>
internal static class RowSums
{
    public const int Count = 42;

    /// <param name="f">Fixed values.</param>
    /// <param name="m">Moving values at the mapped voxels.</param>
    /// <param name="gx">Slope of the moving values along its first index.</param>
    /// <param name="gy">Along its second.</param>
    /// <param name="gz">Along its third.</param>
    /// <param name="firstX">x of the first voxel.</param>
    /// <param name="sums">0-17: gi gk times 1, x, x² for the pairs xx xy xz yy yz zz; 18-20: gi f; 21-23: gi f x; 24-29: the same with m;
    /// 30-35: with 1; 36-41: f, f², f m, m², m, 1.</param>
    public static void Of(
        ReadOnlySpan<float> f, ReadOnlySpan<float> m, ReadOnlySpan<float> gx, ReadOnlySpan<float> gy, ReadOnlySpan<float> gz, float firstX,
        Span<double> sums)
    {
        Span<Vector256<float>> s = stackalloc Vector256<float>[Count];
        s.Clear();
        var x = Vector256.Create(firstX) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        var i = 0;
        for (; i <= f.Length - 8; i += 8, x += Vector256.Create(8f))
            Add(s, Load(f, i), Load(m, i), Load(gx, i), Load(gy, i), Load(gz, i), x, Vector256<float>.One);
        if (i < f.Length)
        {
            var inside = Vector256.LessThan(Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((float)(f.Length - i)));
            Add(s, Rest(f, i), Rest(m, i), Rest(gx, i), Rest(gy, i), Rest(gz, i), x, inside & Vector256<float>.One);
        }
        for (var k = 0; k < Count; k++)
            sums[k] = Vector256.Sum(s[k]);
    }

    private static void Add(
        Span<Vector256<float>> s, Vector256<float> f, Vector256<float> m, Vector256<float> gx, Vector256<float> gy, Vector256<float> gz,
        Vector256<float> x, Vector256<float> one)
    {
        Three(s, 0, gx * gx, x);
        Three(s, 3, gx * gy, x);
        Three(s, 6, gx * gz, x);
        Three(s, 9, gy * gy, x);
        Three(s, 12, gy * gz, x);
        Three(s, 15, gz * gz, x);
        Two(s, 18, gx * f, gy * f, gz * f, x);
        Two(s, 24, gx * m, gy * m, gz * m, x);
        Two(s, 30, gx, gy, gz, x);
        s[36] += f;
        s[37] = Vector256.FusedMultiplyAdd(f, f, s[37]);
        s[38] = Vector256.FusedMultiplyAdd(f, m, s[38]);
        s[39] = Vector256.FusedMultiplyAdd(m, m, s[39]);
        s[40] += m;
        s[41] += one;
    }

    private static void Three(Span<Vector256<float>> s, int at, Vector256<float> value, Vector256<float> x)
    {
        var first = value * x;
        s[at] += value;
        s[at + 1] += first;
        s[at + 2] = Vector256.FusedMultiplyAdd(first, x, s[at + 2]);
    }

    private static void Two(
        Span<Vector256<float>> s, int at, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> x)
    {
        s[at] += a;
        s[at + 1] += b;
        s[at + 2] += c;
        s[at + 3] = Vector256.FusedMultiplyAdd(a, x, s[at + 3]);
        s[at + 4] = Vector256.FusedMultiplyAdd(b, x, s[at + 4]);
        s[at + 5] = Vector256.FusedMultiplyAdd(c, x, s[at + 5]);
    }

    private static Vector256<float> Load(ReadOnlySpan<float> values, int at) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    private static Vector256<float> Rest(ReadOnlySpan<float> values, int at)
    {
        Span<float> padded = stackalloc float[8];
        padded.Clear();
        values[at..].CopyTo(padded);
        return Vector256.Create<float>(padded);
    }
}
