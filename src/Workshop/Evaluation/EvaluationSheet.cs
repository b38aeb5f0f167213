using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Pictures;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>Slices for looking at: a row a slice, the columns source, truth, what each model made, the first model's difference from the
/// truth, and its translation back.</summary>
public static class EvaluationSheet
{
    private const int Box = 256;
    private const int Gap = 8;
    private const int Line = 22;
    private const int Strip = 38;
    private const int TagScale = 4;

    /// <summary>Longer captions run into the next picture; the end of a name is kept, since it tells slices apart.</summary>
    private const int CaptionLength = 20;

    private sealed record Cell(string Caption, Image? Image, float Low, float High, bool Synthetic);

    /// <param name="title">Beside the warning.</param>
    /// <param name="models">Names, and the scores of the slices that are shown, in one order; at least one.</param>
    /// <returns>PNG bytes.</returns>
    public static byte[] Draw(string title, IReadOnlyList<(string Name, IReadOnlyList<SliceScores> Scores)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var rows = Enumerable.Range(0, models[0].Scores.Count).Select(slice => Row(models, slice)).ToArray();
        var canvas = new Canvas((models.Count + 4) * (Box + Gap) + Gap, rows.Length * (Line + Box + Strip) + 2 * Line + Gap);
        canvas.Write("SYNTHETIC - NOT FOR DIAGNOSTIC USE", Gap, Gap / 2);
        canvas.Write(title, Gap, Gap / 2 + Line);
        for (var row = 0; row < rows.Length; row++)
            for (var column = 0; column < rows[row].Length; column++)
                Draw(canvas, rows[row][column], Gap + column * (Box + Gap), 2 * Line + Gap + row * (Line + Box + Strip));
        return PngFile.EncodeGrey(canvas.Pixels);
    }

    private static Cell[] Row(IReadOnlyList<(string Name, IReadOnlyList<SliceScores> Scores)> models, int at)
    {
        var slice = models[0].Scores[at];
        var caption = slice.Slice.Name[^Math.Min(CaptionLength, slice.Slice.Name.Length)..];
        return
        [
            new(caption, slice.Source, -1, 1, false),
            new(slice.Truth is null ? "truth not known" : "truth", slice.Truth, -1, 1, false),
            .. models.Select(model => new Cell($"made, {model.Name}", model.Scores[at].Made, -1, 1, true)),
            new("made - truth", slice.Truth is null ? null : Less(slice.Made, slice.Truth), -1, 1, true),
            new("back", slice.Back, -1, 1, true),
        ];
    }

    private static Image Less(Image made, Image truth) =>
        new(made.Width, made.Height, [.. made.Pixels.Zip(truth.Pixels, (a, b) => a - b)]);

    private static void Draw(Canvas canvas, Cell cell, int left, int top)
    {
        canvas.Write(cell.Caption, left, top);
        if (cell.Image is null)
            return;
        canvas.Draw(cell.Image, cell.Low, cell.High, left, top + Line, Box);
        if (cell.Synthetic)
            canvas.WriteTag(left, top + Line + Box, Box, TagScale);
    }
}
