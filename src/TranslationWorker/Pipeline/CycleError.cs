using Gateway.Imaging.Grids;
using Gateway.Imaging.Slices;

namespace Gateway.TranslationWorker;

/// <summary>
/// |x - F(G(x))| of one slice: a surrogate of the translation's error. It costs nothing, because the slice is translated back anyway.
/// Single pixels say nothing about the true error; the mean over a few millimetres ranks places by it, roughly.
/// </summary>
internal static class CycleError
{
    private const double SmoothMm = 4;

    /// <param name="prepared">The slice, x.</param>
    /// <param name="cycle">The slice after translation there and back, -1..1.</param>
    /// <returns>On the patient's grid, 0..1 of the input's range; 0 outside the head.</returns>
    public static Image Of(PreparedSlice prepared, float[] cycle)
    {
        var mask = prepared.Slice.ReferenceMask;
        var error = new Image(
            Reference.Side, Reference.Side, [.. prepared.Input.Zip(cycle, (x, back) => Math.Abs(x - Math.Clamp(back, -1, 1)) / 2)]);
        var (sum, weight) = (Smooth(mask.Apply(error, 0)), Smooth(mask.ToImage()));
        float[] mean = [.. sum.Pixels.Zip(weight.Pixels, (s, w) => w > 1e-3f ? Math.Clamp(s / w, 0, 1) : 0)];
        return new(prepared.Slice.Source.Width, prepared.Slice.Source.Height, prepared.Slice.Restore(mean, outside: 0));
    }

    /// <summary>Mean inside a mask, 0..1 of the input's range.</summary>
    /// <param name="input">-1..1.</param>
    /// <param name="cycle">The same after translation there and back.</param>
    /// <param name="mask">Not empty.</param>
    public static double Mean(float[] input, float[] cycle, Mask mask) =>
        Enumerable.Range(0, input.Length).Where(i => mask.Pixels[i])
            .Average(i => Math.Abs((double)input[i] - Math.Clamp(cycle[i], -1, 1)) / 2);

    private static Image Smooth(Image image) => GaussianFilter.Apply(image, SmoothMm, SmoothMm);
}
