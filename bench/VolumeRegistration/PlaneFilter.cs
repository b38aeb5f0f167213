using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.VolumeRegistration;

/// <summary>Separable filters within one plane, rows then columns; eight voxels at a time.</summary>
internal static class PlaneFilter
{
    /// <summary>Sums over windows of 2 reach + 1 voxels a side, cut off at the borders.</summary>
    /// <param name="a">The plane.</param>
    /// <param name="b">Multiplied to it voxel by voxel first; empty for nothing.</param>
    /// <param name="result">May not be the plane itself.</param>
    /// <param name="width">Of a row.</param>
    /// <param name="reach">Voxels on each side.</param>
    /// <param name="scratch">As large as the plane, and a row and twice the reach more.</param>
    public static void Box(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, int width, int reach, Span<float> scratch)
    {
        var height = a.Length / width;
        var rows = scratch[..a.Length];
        var padded = scratch.Slice(a.Length, width + 2 * reach);
        padded.Clear();
        for (var y = 0; y < height; y++)
        {
            Product(a.Slice(y * width, width), b.IsEmpty ? b : b.Slice(y * width, width), padded.Slice(reach, width));
            BoxRow(padded, rows.Slice(y * width, width), reach);
        }
        var sum = result[..width];
        sum.Clear();
        for (var y = 0; y < Math.Min(reach + 1, height); y++)
            Add(sum, sum, rows.Slice(y * width, width));
        for (var y = 1; y < height; y++)
        {
            var before = result.Slice((y - 1) * width, width);
            var here = result.Slice(y * width, width);
            if (y + reach < height)
                Add(here, before, rows.Slice((y + reach) * width, width));
            else
                before.CopyTo(here);
            if (y - reach - 1 >= 0)
                Subtract(here, rows.Slice((y - reach - 1) * width, width));
        }
    }

    /// <summary>Convolution with symmetric taps, border repeated, in place.</summary>
    /// <param name="plane">Filtered.</param>
    /// <param name="width">Of a row.</param>
    /// <param name="taps">Odd number; the middle one is the centre.</param>
    /// <param name="scratch">As large as the plane, and a row and the taps more.</param>
    public static void Convolve(Span<float> plane, int width, ReadOnlySpan<float> taps, Span<float> scratch)
    {
        var (height, reach) = (plane.Length / width, taps.Length / 2);
        var rows = scratch[..plane.Length];
        var padded = scratch.Slice(plane.Length, width + 2 * reach);
        for (var y = 0; y < height; y++)
        {
            var row = plane.Slice(y * width, width);
            padded[..reach].Fill(row[0]);
            row.CopyTo(padded[reach..]);
            padded[(reach + width)..].Fill(row[^1]);
            ConvolveRow(padded, rows.Slice(y * width, width), taps);
        }
        for (var y = 0; y < height; y++)
            ConvolveAcross(rows, plane.Slice(y * width, width), y, height, width, taps);
    }

    /// <summary>One stretch of voxels from those at the same place in neighbouring rows or planes.</summary>
    /// <param name="source">All of them.</param>
    /// <param name="result">The stretch.</param>
    /// <param name="index">Its row or plane.</param>
    /// <param name="count">Of rows or planes.</param>
    /// <param name="stride">Voxels from one to the next.</param>
    /// <param name="taps">Symmetric.</param>
    public static void ConvolveAcross(
        ReadOnlySpan<float> source, Span<float> result, int index, int count, int stride, ReadOnlySpan<float> taps)
    {
        var reach = taps.Length / 2;
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(result);
        var i = 0;
        for (; i <= result.Length - 8; i += 8)
        {
            var sum = Vector256.LoadUnsafe(ref from, (nuint)(index * stride + i)) * taps[reach];
            for (var k = 1; k <= reach; k++)
            {
                var low = Vector256.LoadUnsafe(ref from, (nuint)(Math.Max(0, index - k) * stride + i));
                var high = Vector256.LoadUnsafe(ref from, (nuint)(Math.Min(count - 1, index + k) * stride + i));
                sum = Vector256.FusedMultiplyAdd(low + high, Vector256.Create(taps[reach + k]), sum);
            }
            sum.StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < result.Length; i++)
        {
            var sum = source[index * stride + i] * taps[reach];
            for (var k = 1; k <= reach; k++)
                sum += (source[Math.Max(0, index - k) * stride + i] + source[Math.Min(count - 1, index + k) * stride + i])
                    * taps[reach + k];
            result[i] = sum;
        }
    }

    private static void ConvolveRow(ReadOnlySpan<float> padded, Span<float> result, ReadOnlySpan<float> taps)
    {
        var reach = taps.Length / 2;
        ref var from = ref MemoryMarshal.GetReference(padded);
        ref var to = ref MemoryMarshal.GetReference(result);
        var i = 0;
        for (; i <= result.Length - 8; i += 8)
        {
            var sum = Vector256.LoadUnsafe(ref from, (nuint)(i + reach)) * taps[reach];
            for (var k = 1; k <= reach; k++)
            {
                var pair = Vector256.LoadUnsafe(ref from, (nuint)(i + reach - k)) + Vector256.LoadUnsafe(ref from, (nuint)(i + reach + k));
                sum = Vector256.FusedMultiplyAdd(pair, Vector256.Create(taps[reach + k]), sum);
            }
            sum.StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < result.Length; i++)
        {
            var sum = padded[i + reach] * taps[reach];
            for (var k = 1; k <= reach; k++)
                sum += (padded[i + reach - k] + padded[i + reach + k]) * taps[reach + k];
            result[i] = sum;
        }
    }

    private static void BoxRow(ReadOnlySpan<float> padded, Span<float> result, int reach)
    {
        ref var from = ref MemoryMarshal.GetReference(padded);
        ref var to = ref MemoryMarshal.GetReference(result);
        var i = 0;
        for (; i <= result.Length - 8; i += 8)
        {
            var sum = Vector256.LoadUnsafe(ref from, (nuint)i);
            for (var k = 1; k <= 2 * reach; k++)
                sum += Vector256.LoadUnsafe(ref from, (nuint)(i + k));
            sum.StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < result.Length; i++)
        {
            result[i] = padded[i];
            for (var k = 1; k <= 2 * reach; k++)
                result[i] += padded[i + k];
        }
    }

    private static void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        if (b.IsEmpty)
        {
            a.CopyTo(result);
            return;
        }
        var i = 0;
        for (; i <= a.Length - 8; i += 8)
            (Vector256.Create(a[i..]) * Vector256.Create(b[i..])).CopyTo(result[i..]);
        for (; i < a.Length; i++)
            result[i] = a[i] * b[i];
    }

    public static void Add(Span<float> result, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var i = 0;
        for (; i <= result.Length - 8; i += 8)
            (Vector256.Create(a[i..]) + Vector256.Create(b[i..])).CopyTo(result[i..]);
        for (; i < result.Length; i++)
            result[i] = a[i] + b[i];
    }

    public static void Scale(Span<float> values, float factor)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] *= factor;
    }

    public static void Subtract(Span<float> result, ReadOnlySpan<float> b)
    {
        var i = 0;
        for (; i <= result.Length - 8; i += 8)
            (Vector256.Create<float>(result[i..]) - Vector256.Create(b[i..])).CopyTo(result[i..]);
        for (; i < result.Length; i++)
            result[i] -= b[i];
    }
}
