using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.TrainingWorker.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>A picture for people. For each direction it has the rows source, translated, and translated back (for phantoms the truth). Test
/// slices come first, then training slices, then phantoms.</summary>
public static class SampleSheet
{
    private const int Each = 2;

    /// <summary>Writes an 8-bit grey PNG made with the averaged generators.</summary>
    public static void Write(string path, TrainingState state, TrainingData data)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(data);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        foreach (var way in state.Ways)
        {
            var (direction, side) = (way.Direction, data[way.Direction.From]);
            var pairs = Spread(data.PairsTest).ToList();
            var source = Batches.Stack([.. Spread(side.Test), .. Spread(side.Train), .. pairs.Select(pair => pair[direction.From])], state.Device);
            var made = way.Average.call(source);
            var back = state.Back(way).Average.call(made);
            var truth = Batches.Stack([.. pairs.Select(pair => pair[direction.To])], state.Device);
            back = cat([back.narrow(0, 0, back.shape[0] - truth.shape[0]), truth], 0);
            rows.AddRange([Row(source), Row(made), Row(back)]);
        }
        // Of one modality there may be fewer slices than of the other.
        var widest = rows.Max(row => row.shape[1]);
        var sheet = cat([.. rows.Select(row => nn.functional.pad(row, [0, widest - row.shape[1]], PaddingModes.Constant, -1))], 0).Plus(1).Times(127.5).cpu();
        PngFile.WriteGrey(path, new Image((int)sheet.shape[1], (int)sheet.shape[0], [.. sheet.data<float>()]));
    }

    private static Tensor Row(Tensor images) => cat([.. images.unbind(0).Select(image => image.squeeze(0))], 1);

    private static IEnumerable<T> Spread<T>(IReadOnlyList<T> all)
        => Enumerable.Range(0, Math.Min(Each, all.Count)).Select(i => all[(2 * i + 1) * all.Count / (2 * Each)]);
}
