using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Pictures;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>The same unseen subjects by champion and candidate, side by side: a row a slice, the columns source, truth, champion,
/// candidate.</summary>
internal static class TrialSheet
{
    private const int Box = 256;
    private const int Gap = 8;
    private const int Line = 22;
    private const int Strip = 38;
    private const int TagScale = 4;
    private const int RowsOfSet = 2;
    private const string Title = "SYNTHETIC - NOT FOR DIAGNOSTIC USE";

    private sealed record Cell(string Caption, Image? Image, bool Synthetic);

    /// <returns>PNG bytes.</returns>
    public static byte[] Draw(
        TrialRequest request, IReadOnlyList<HeldOutSet> sets, IReadOnlyDictionary<(HeldOutSet, Direction), WayScores> candidates,
        IReadOnlyDictionary<(HeldOutSet, Direction), WayScores>? champions)
    {
        var rows = new List<Cell[]>();
        foreach (var direction in (Direction[])[request.Pair, request.Pair.Reverse])
            foreach (var set in sets.AsEnumerable().Reverse().Where(set => candidates.ContainsKey((set, direction))))
                rows.AddRange(Rows(request, set, direction, candidates[(set, direction)], champions?[(set, direction)]));
        const int width = 4 * (Box + Gap) + Gap;
        var canvas = new Canvas(width, rows.Count * (Line + Box + Strip) + Line + Gap);
        canvas.Write(Title, Gap, Gap / 2);
        for (var row = 0; row < rows.Count; row++)
            for (var column = 0; column < rows[row].Length; column++)
                Draw(canvas, rows[row][column], Gap + column * (Box + Gap), Line + Gap + row * (Line + Box + Strip));
        return PngFile.EncodeGrey(canvas.Pixels);
    }

    private static IEnumerable<Cell[]> Rows(
        TrialRequest request, HeldOutSet set, Direction direction, WayScores candidate, WayScores? champion)
    {
        var (from, to) = (request.Modalities[direction.From].Caption, request.Modalities[direction.To].Caption);
        var shown = Math.Min(RowsOfSet, candidate.Slices.Count);
        foreach (var i in Enumerable.Range(0, shown).Select(row => row * candidate.Slices.Count / shown))
        {
            var slice = candidate.Slices[i];
            yield return
            [
                new($"{from}, {set.Name}", slice.Source, false),
                new(slice.Truth is null ? $"{to} not known" : $"{to}, truth", slice.Truth, false),
                new(champion is null ? "no champion" : $"{to}, champion", champion?.Slices[i].Made, true),
                new($"{to}, candidate", slice.Made, true),
            ];
        }
    }

    private static void Draw(Canvas canvas, Cell cell, int left, int top)
    {
        canvas.Write(cell.Caption, left, top);
        if (cell.Image is null)
            return;
        canvas.Draw(cell.Image, -1, 1, left, top + Line, Box);
        if (cell.Synthetic)
            canvas.WriteTag(left, top + Line + Box, Box, TagScale);
    }
}
