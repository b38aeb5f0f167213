using System.Globalization;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Pictures;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>Sample sheets of one run side by side, from the first epochs to the last.</summary>
internal static class ContactSheet
{
    private const int Most = 6;
    private const int Caption = 22;
    private const int Gap = 8;

    /// <summary>Writes up to six of a run's sheets, evenly over it, as one 8-bit grey PNG; none if it left no sheet.</summary>
    /// <param name="path">Of the picture.</param>
    /// <param name="folder">The run's.</param>
    /// <param name="stepsOfAnEpoch">For the captions.</param>
    public static void Write(string path, string folder, int stepsOfAnEpoch)
    {
        var sheets = Directory.EnumerateFiles(folder, "sheet-*.png").Order(StringComparer.Ordinal).ToList();
        if (sheets.Count == 0)
            return;
        var count = Math.Min(Most, sheets.Count);
        var shown = Enumerable.Range(1, count).Select(i => sheets[i * sheets.Count / count - 1])
            .Select(file => (Epoch: StepOf(file) / stepsOfAnEpoch, Image: (Image)Read(file))).ToList();
        var canvas = new Canvas(shown.Sum(sheet => sheet.Image.Width + Gap) - Gap, Caption + shown.Max(sheet => sheet.Image.Height));
        var left = 0;
        foreach (var (epoch, image) in shown)
        {
            canvas.Write(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}"), left + 4, top: 4);
            for (var y = 0; y < image.Height; y++)
                for (var x = 0; x < image.Width; x++)
                    canvas.Pixels[left + x, Caption + y] = image[x, y];
            left += image.Width + Gap;
        }
        PngFile.WriteGrey(path, canvas.Pixels);
    }

    private static int StepOf(string file) =>
        int.Parse(Path.GetFileNameWithoutExtension(file).Split('-')[1], NumberStyles.None, CultureInfo.InvariantCulture);

    private static Image Read(string file) => PngFile.Read(file);
}
