using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Slices;

/// <summary>The way back: a picture on the reference's grid onto the pixels of the slice it was made from.</summary>
public static class PatientGrid
{
    /// <param name="outputInReference">256 x 256, row-major; already in the units wanted.</param>
    /// <param name="slice">The slice the picture belongs to.</param>
    /// <param name="outside">Value outside the head.</param>
    /// <returns>Row-major values of the source slice's matrix, resampled once.</returns>
    public static float[] Restore(float[] outputInReference, PreparedSlice slice, float outside)
    {
        var output = new Image(Reference.Side, Reference.Side, outputInReference);
        var source = slice.Source.Image;
        var restored = Resampler.Cubic(output, slice.Map.Back, slice.Map.ToReference, source.Width, source.Height, outside);
        return slice.SourceMask.Apply(restored, outside).Pixels;
    }
}
