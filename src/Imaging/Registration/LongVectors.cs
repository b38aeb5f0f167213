using System.Runtime.Intrinsics;

namespace Gateway.Imaging.Registration;

/// <summary>What conjugate gradients do with vectors of unknowns. Lengths are equal.</summary>
internal static class LongVectors
{
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (sum, i) = (Vector256<float>.Zero, 0);
        for (; i <= a.Length - 8; i += 8)
            sum += Vector256.Create(a.Slice(i, 8)) * Vector256.Create(b.Slice(i, 8));
        var total = (double)Vector256.Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }

    /// <summary>sum + factor values, in place.</summary>
    public static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += factor * values[i];
    }

    /// <summary>The next direction: steepest + share direction.</summary>
    public static void Turn(Span<float> direction, ReadOnlySpan<float> steepest, float share)
    {
        for (var i = 0; i < direction.Length; i++)
            direction[i] = steepest[i] + share * direction[i];
    }

    /// <summary>Element by element.</summary>
    public static void Divide(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = a[i] / b[i];
    }
}
