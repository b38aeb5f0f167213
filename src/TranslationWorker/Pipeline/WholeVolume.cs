using System.Globalization;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>
/// Every slice of the brain through the generator. Slices are prepared and restored in parallel; between, the generator has all
/// cores to itself, slice by slice. The result does not depend on the number of cores.
/// </summary>
/// <param name="slices">From the feet, at least one.</param>
/// <param name="model">A slice of air does not pass through it.</param>
/// <param name="clock">Stages <c>prepare</c>, <c>translate</c> and <c>derive</c>.</param>
internal sealed class WholeVolume(IReadOnlyList<StackSlice> slices, OnnxModel model, StageClock clock)
{
    /// <param name="units">The generator's -1..1 in the units wanted.</param>
    /// <param name="air">Value outside the head.</param>
    /// <param name="shown">Black and white of the pictures.</param>
    /// <param name="derive">One slice on its own grid to a file.</param>
    /// <returns>One file a slice, and all of them small, in order.</returns>
    public IReadOnlyList<(DicomFile File, Image Tile)> Translate(
        Converter<float, float> units, float air, (double Low, double High) shown, Func<VolumeSlice, float[], DicomFile> derive)
    {
        var inputs = clock.Run("prepare", () => InParallel(slice => slice.HoldsHead ? slice.Input() : null));
        var outputs = clock.Run("translate", () => inputs.ConvertAll(input => input is null ? null : model.Translate(input, Reference.Side, Reference.Side)));
        return clock.Run("derive", () => InParallel((slice, i) =>
        {
            var pixels = outputs[i] is { } output ? slice.Restore(Array.ConvertAll(output, units), air) : slice.Empty(air);
            var file = derive(slice.Source, pixels);
            return (file, Tile(slice.Source, pixels, shown, file));
        }));
    }

    private static Image Tile(VolumeSlice slice, float[] pixels, (double Low, double High) shown, DicomFile file) => ContactSheet.Tile(
        new(slice.Image.Width, slice.Image.Height, pixels), shown.Low, shown.High, slice.RowSpacing / slice.ColumnSpacing,
        file.Dataset.GetSingleValueOrDefault(DicomTag.InstanceNumber, 0).ToString(CultureInfo.InvariantCulture));

    private List<T> InParallel<T>(Func<StackSlice, T> work) => InParallel((slice, _) => work(slice));

    private List<T> InParallel<T>(Func<StackSlice, int, T> work) =>
        [.. Enumerable.Range(0, slices.Count).AsParallel().AsOrdered().Select(i => work(slices[i], i))];
}
