using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;

namespace Gateway.TranslationWorker;

/// <summary>What a generator made of one slice: height x width values in [-1, 1], row-major.</summary>
/// <param name="Made">The translation; -1 and 1 stand for the ends of <see cref="ModelFacts.Window"/> where it is a CT.</param>
/// <param name="Wide">The same slice over <see cref="ModelFacts.Wide"/>; null where the model has one channel.</param>
public sealed record MadeSlice(float[] Made, float[]? Wide)
{
    /// <summary>Over so much of the narrow window, at either end, the wide channel takes over. A step would draw a contour there.</summary>
    private const float Seam = 0.05f;

    /// <summary>The values on the slice's own grid, in the units of what was made.</summary>
    /// <remarks>Each channel is resampled by itself: beside bone of 1000 HU the overshoot of a cubic kernel would be more than the contrast
    /// of the brain.</remarks>
    /// <param name="slice">The slice that was translated.</param>
    /// <param name="to">What was made of it.</param>
    /// <param name="model">What made it.</param>
    public float[] OnSource(MappedSlice slice, ModalityProfile to, ModelFacts model)
    {
        var narrow = to.MadeRange(model.Window);
        var values = slice.Restore(Array.ConvertAll(Made, narrow.FromUnit), to.Air);
        if (Wide is null || model.Wide is not { } wide)
            return values;
        var beyond = slice.Restore(Array.ConvertAll(Wide, wide.FromUnit), to.Air);
        for (var i = 0; i < values.Length; i++)
            values[i] = Join(values[i], beyond[i], narrow);
        return values;
    }

    /// <summary>The narrow channel says what lies in its window, the wide one how far something lies beyond it; all in HU.</summary>
    public static float Join(float value, float beyond, GreyRange narrow)
    {
        var seam = Seam * narrow.Width;
        var above = Math.Clamp((value - (narrow.High - seam)) / seam, 0, 1);
        var below = Math.Clamp((narrow.Low + seam - value) / seam, 0, 1);
        return value + above * (Math.Max(beyond, narrow.High) - value) + below * (Math.Min(beyond, narrow.Low) - value);
    }
}
