using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging.Registration;

/// <summary>Rows of float32 seen eight at a time; what is left of a length that is no multiple of 8 is not seen.</summary>
internal static class Lanes
{
    public static Span<Vector256<float>> Of(float[] values) => Of(values.AsSpan());

    public static Span<Vector256<float>> Of(Span<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);

    public static ReadOnlySpan<Vector256<float>> Of(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);
}
