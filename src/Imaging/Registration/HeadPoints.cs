using Gateway.Imaging.Grids;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>A volume's heads and the air close around them as points of the patient with their grey values, some millimetres apart within
/// the slices. Slices may be as far apart, as uneven and as few as they are.</summary>
internal sealed class HeadPoints
{
    private const double AroundMm = 14;
    private const float Tissue = 0.02f;

    /// <param name="sheets">From the feet.</param>
    private HeadPoints(IReadOnlyList<HeadSheet> sheets)
    {
        Sheets = sheets;
        Count = sheets.Sum(sheet => sheet.Values.Length);
        var weight = Math.Max(1, sheets.Sum(sheet => sheet.Weight));
        Centre = sheets.Aggregate(default(Vector3D), (sum, sheet) => sum + sheet.Middle * (sheet.Weight / (double)weight));
    }

    public IReadOnlyList<HeadSheet> Sheets { get; }

    /// <summary>Of points.</summary>
    public int Count { get; }

    /// <summary>Mean place of the tissue, mm.</summary>
    public Vector3D Centre { get; }

    /// <param name="heads">From the feet.</param>
    /// <param name="apart">Distance of points within a slice, mm, nearly.</param>
    /// <param name="least">Slices nearer than this to the one before are left out, mm.</param>
    public static HeadPoints Of(IReadOnlyList<(HeadSlice Head, double Height)> heads, double apart, double least)
    {
        var (grey, taken) = (CommonGrey.Of([.. heads.Select(at => at.Head)]), new List<(HeadSlice Head, double Height)>());
        foreach (var at in heads)
            if (at.Head.Area > 0 && (taken.Count == 0 || at.Height - taken[^1].Height >= 0.98 * least))
                taken.Add(at);
        return new(SliceWork.InParallel(taken, at => Sheet(at.Head, at.Height, grey(at.Head), apart)));
    }

    /// <summary>Every second point along rows and columns, as the means of four.</summary>
    public HeadPoints Halved(double least)
    {
        var taken = new List<HeadSheet>();
        foreach (var sheet in Sheets)
            if (taken.Count == 0 || sheet.Height - taken[^1].Height >= 0.98 * least)
                taken.Add(sheet);
        return new([.. taken.Select(sheet => sheet.Halved())]);
    }

    private static HeadSheet Sheet(HeadSlice head, double height, Image grey, double apart)
    {
        var (slice, mask) = (head.Slice, head.Mask);
        var (across, down) = (Block(apart, slice.ColumnSpacing), Block(apart, slice.RowSpacing));
        var (left, right, top, bottom) = (int.MaxValue, 0, int.MaxValue, 0);
        for (var i = 0; i < mask.Pixels.Length; i++)
            if (mask.Pixels[i])
                (left, right, top, bottom) = (
                    Math.Min(left, i % mask.Width), Math.Max(right, i % mask.Width), Math.Min(top, i / mask.Width),
                    Math.Max(bottom, i / mask.Width));
        var (beside, beyond) = ((int)(AroundMm / slice.ColumnSpacing), (int)(AroundMm / slice.RowSpacing));
        (left, top) = (Math.Max(0, left - beside) / across, Math.Max(0, top - beyond) / down);
        var width = Math.Max(1, Math.Min(grey.Width / across, (right + beside) / across + 1) - left);
        var rows = Math.Max(1, Math.Min(grey.Height / down, (bottom + beyond) / down + 1) - top);
        var values = new float[width * rows];
        for (var i = 0; i < values.Length; i++)
            values[i] = Mean(grey, (left + i % width) * across, (top + i / width) * down, across, down);
        return new(
            height, slice.ToPatient(left * across + (across - 1) / 2.0, top * down + (down - 1) / 2.0),
            slice.RowDirection * (across * slice.ColumnSpacing), slice.ColumnDirection * (down * slice.RowSpacing), width, values, Tissue);
    }

    private static int Block(double apart, double spacing) => Math.Max(1, (int)Math.Round(apart / spacing));

    private static float Mean(Image image, int left, int top, int width, int height)
    {
        var sum = 0f;
        for (var y = top; y < Math.Min(image.Height, top + height); y++)
            for (var x = left; x < Math.Min(image.Width, left + width); x++)
                sum += image.Pixels[y * image.Width + x];
        return sum / (width * height);
    }
}
