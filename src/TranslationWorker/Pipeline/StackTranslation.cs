using System.Globalization;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>
/// Runs the slices of a series through the generator: the chosen one alone, or every one of the brain. Slices are prepared and restored in
/// parallel. In between, the generator has all cores and takes one slice after the other. The result does not depend on the number of
/// cores.
/// </summary>
/// <param name="slices">From the feet, at least one.</param>
/// <param name="model">The generator; slices of air are not given to it.</param>
/// <param name="clock">Records the stages <c>prepare</c>, <c>translate</c> and <c>derive</c>; only
/// <c>derive</c> for a stack that is already
/// translated.</param>
internal sealed class StackTranslation(IReadOnlyList<MappedSlice> slices, OnnxModel model, StageClock clock)
{
    /// <summary>So many slices are on their way at a time: inputs and outputs of more than a usual brain are not held together.</summary>
    private const int AtOnce = 64;

    /// <param name="chosen">The chosen slice, already translated, and its pixels on its own grid.</param>
    /// <param name="to">What is made of them.</param>
    /// <param name="shown">Values shown as black and white in the pictures.</param>
    /// <param name="derive">Makes a file of one slice on its own grid.</param>
    /// <returns>One file and one small picture per slice, in order.</returns>
    public IReadOnlyList<(DicomFile File, Image Tile)> Translate(
        (MappedSlice Slice, float[] Pixels) chosen, ModalityProfile to, (double Low, double High) shown,
        Func<VolumeSlice, float[], DicomFile> derive)
    {
        return [.. slices.Chunk(AtOnce).SelectMany(some =>
        {
            var outputs = some.All(slice => slice == chosen.Slice) ? [] : Outputs(some, chosen.Slice);
            return clock.Run("derive", () => SliceWork.InParallel(some.Index(), at =>
            {
                var slice = at.Item;
                var pixels = slice == chosen.Slice ? chosen.Pixels
                    : outputs[at.Index] is { } output ? output.OnSource(slice, to, model.Facts)
                    : slice.Empty(to.Air);
                var file = derive(slice.Source, pixels);
                return (file, Tile(slice.Source, pixels, shown, file));
            }));
        })];
    }

    /// <summary>The generator's output for each slice; null for the chosen one, and where there is no head.</summary>
    private MadeSlice?[] Outputs(MappedSlice[] some, MappedSlice chosen)
    {
        var inputs = clock.Run(
            "prepare", () => SliceWork.InParallel(some, slice => slice != chosen && slice.HoldsHead ? slice.Input() : null));
        return clock.Run("translate", () => Array.ConvertAll(inputs, input =>
        {
            clock.ThrowIfCancelled();
            return input is null ? null : model.TranslateWide(input, Reference.Side, Reference.Side);
        }));
    }

    private static Image Tile(VolumeSlice slice, float[] pixels, (double Low, double High) shown, DicomFile file) => ContactSheet.Tile(
        new(slice.Width, slice.Height, pixels), shown.Low, shown.High, slice.RowSpacing / slice.ColumnSpacing,
        file.Dataset.GetSingleValueOrDefault(DicomTag.InstanceNumber, 0).ToString(CultureInfo.InvariantCulture));
}
