using System.Globalization;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>
/// The slices of a series through the generator: the chosen one alone, or every one of the brain. Slices are prepared and restored in
/// parallel; between, the generator has all cores to itself, slice by slice. The result does not depend on the number of cores.
/// </summary>
/// <param name="slices">From the feet, at least one.</param>
/// <param name="model">A slice of air does not pass through it.</param>
/// <param name="clock">Stages <c>prepare</c>, <c>translate</c> and <c>derive</c>; of a stack that was translated before, <c>derive</c> alone.</param>
internal sealed class StackTranslation(IReadOnlyList<MappedSlice> slices, OnnxModel model, StageClock clock)
{
    /// <param name="chosen">Translated before, and its pixels on its own grid.</param>
    /// <param name="units">The generator's -1..1 in the units wanted.</param>
    /// <param name="air">Value outside the head.</param>
    /// <param name="shown">Black and white of the pictures.</param>
    /// <param name="derive">One slice on its own grid to a file.</param>
    /// <returns>One file a slice, and all of them small, in order.</returns>
    public IReadOnlyList<(DicomFile File, Image Tile)> Translate(
        (MappedSlice Slice, float[] Pixels) chosen, Converter<float, float> units, float air, (double Low, double High) shown, Func<VolumeSlice, float[], DicomFile> derive)
    {
        var outputs = slices.All(slice => slice == chosen.Slice) ? [] : Outputs(chosen.Slice);
        return clock.Run("derive", () => InParallel((slice, i) =>
        {
            var pixels = slice == chosen.Slice ? chosen.Pixels
                : outputs[i] is { } output ? slice.Restore(Array.ConvertAll(output, units), air)
                : slice.Empty(air);
            var file = derive(slice.Source, pixels);
            return (file, Tile(slice.Source, pixels, shown, file));
        }));
    }

    /// <summary>What the generator makes of each slice; null for the chosen one, and where there is no head.</summary>
    private List<float[]?> Outputs(MappedSlice chosen)
    {
        var inputs = clock.Run("prepare", () => InParallel((slice, _) => slice != chosen && slice.HoldsHead ? slice.Input() : null));
        return clock.Run("translate", () => inputs.ConvertAll(input => input is null ? null : model.Translate(input, Reference.Side, Reference.Side)));
    }

    private static Image Tile(VolumeSlice slice, float[] pixels, (double Low, double High) shown, DicomFile file) => ContactSheet.Tile(
        new(slice.Image.Width, slice.Image.Height, pixels), shown.Low, shown.High, slice.RowSpacing / slice.ColumnSpacing,
        file.Dataset.GetSingleValueOrDefault(DicomTag.InstanceNumber, 0).ToString(CultureInfo.InvariantCulture));

    private List<T> InParallel<T>(Func<MappedSlice, int, T> work) =>
        [.. Enumerable.Range(0, slices.Count).AsParallel().AsOrdered().Select(i => work(slices[i], i))];
}
