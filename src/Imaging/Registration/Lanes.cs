using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging.Registration;

/// <summary>Views rows of float32 eight at a time. If the length is no multiple of 8, the remainder is left out.</summary>
internal static class Lanes
{
    public static Span<Vector256<float>> Of(float[] values) => Of(values.AsSpan());

    public static Span<Vector256<float>> Of(Span<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);

    public static ReadOnlySpan<Vector256<float>> Of(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);
}
