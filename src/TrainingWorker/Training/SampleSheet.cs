using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Pictures;
using Gateway.TrainingWorker.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>A picture for people. For each direction it has the rows source, translated, and translated back (for phantoms the truth). Test
/// slices come first, then training slices, then phantoms.</summary>
public static class SampleSheet
{
    private const int Each = 2;
    private const int RowsOfADirection = 3;

    /// <summary>Pixels a side; smaller pictures are shown larger.</summary>
    private const int SmallestShown = 128;

    /// <summary>Pixels above the rows, and at the foot of each row that a network made, for a line of text.</summary>
    private const int Line = 22;

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
            var source = Batches.Stack(
                [.. Spread(side.Test), .. Spread(side.Train), .. pairs.Select(pair => pair[direction.From])], state.Device);
            var made = way.Translate(source);
            var truth = Batches.Stack([.. pairs.Select(pair => pair[direction.To])], state.Device);
            var back = state.Back(way) is { } reverse ? reverse.Translate(made) : zeros_like(made).Minus(1);
            back = cat([back.narrow(0, 0, back.shape[0] - truth.shape[0]), truth], 0);
            rows.AddRange([Row(source), Row(made), Row(back)]);
        }
        // Of one modality there may be fewer slices than of the other.
        var widest = rows.Max(row => row.shape[1]);
        var sheet = cat([.. rows.Select(row => nn.functional.pad(row, [0, widest - row.shape[1]], PaddingModes.Constant, -1))], 0).Plus(1)
            .Times(127.5).cpu();
        PngFile.WriteGrey(path, Labelled(new((int)sheet.shape[1], (int)sheet.shape[0], [.. sheet.data<float>()]), rows.Count));
    }

    private static Image Labelled(Image sheet, int rows)
    {
        var canvas = new Canvas(sheet.Width, sheet.Height + Line);
        for (var y = 0; y < sheet.Height; y++)
            for (var x = 0; x < sheet.Width; x++)
                canvas.Pixels[x, y + Line] = sheet[x, y];
        canvas.Write("SYNTHETIC - NOT FOR DIAGNOSTIC USE", left: 4, top: 4);
        foreach (var row in Enumerable.Range(0, rows).Where(row => row % RowsOfADirection != 0))
            canvas.WriteTag(0, (row + 1) * sheet.Height / rows, sheet.Width, scale: 1);
        return canvas.Pixels;
    }

    private static Tensor Row(Tensor images)
    {
        var times = Math.Max(1, SmallestShown / images.shape[3]);
        return cat([.. images.unbind(0).Select(image => image.squeeze(0))], 1).repeat_interleave(times, 0).repeat_interleave(times, 1);
    }

    private static IEnumerable<T> Spread<T>(IReadOnlyList<T> all)
        => Enumerable.Range(0, Math.Min(Each, all.Count)).Select(i => all[(2 * i + 1) * all.Count / (2 * Each)]);
}
