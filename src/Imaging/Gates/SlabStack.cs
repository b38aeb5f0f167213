using Gateway.Imaging.Grids;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Gates;

/// <summary>The slices around the chosen one as slabs on one grid of about 1 mm, cut to the head; from the feet. A tilted gantry's shift is
/// undone.</summary>
internal sealed class SlabStack
{
    private const double LeastMm = 2.5;
    private const float Air = -1000;

    private readonly VolumeSlice _origin;
    private readonly int _pixels;
    private readonly (int Left, int Top, int Width, int Height) _frame;

    /// <param name="levels">Slices of CT, from the feet.</param>
    /// <param name="chosen">Index of the chosen slice.</param>
    /// <param name="below">Reach towards the feet, mm.</param>
    /// <param name="above">Reach towards the vertex, mm.</param>
    public SlabStack(IReadOnlyList<SliceLevel> levels, int chosen, double below, double above)
    {
        var middle = levels.First(level => level.Index == chosen);
        _origin = middle.Head.Slice;
        _pixels = Math.Max(1, (int)Math.Round(1 / _origin.ColumnSpacing));
        (ColumnMm, RowMm) = (_pixels * _origin.ColumnSpacing, _pixels * _origin.RowSpacing);
        var within = levels.Where(level => level.Height - middle.Height >= -below && level.Height - middle.Height <= above).ToArray();
        _frame = Frame(within);
        var groups = Grouped(within);
        var heights = Array.ConvertAll(groups, group => group.Average(level => level.Height) - middle.Height);
        Slabs = [.. groups.AsParallel().AsOrdered().Select((group, i) => new Slab(Averaged(group), heights[i], Extent(heights, i)))];
    }

    public IReadOnlyList<Slab> Slabs { get; }

    /// <summary>Pixels of a slab's row.</summary>
    public int Width => _frame.Width;

    public int Height => _frame.Height;

    public double ColumnMm { get; }

    public double RowMm { get; }

    private static SliceLevel[][] Grouped(SliceLevel[] levels)
    {
        var groups = new List<SliceLevel[]>();
        for (int from = 0, to; from < levels.Length; from = to)
        {
            for (to = from + 1; to < levels.Length && levels[to].Height - levels[from].Height < LeastMm; to++)
            {
            }
            groups.Add(levels[from..to]);
        }
        return [.. groups];
    }

    /// <summary>Half of the way to either neighbour.</summary>
    private static double Extent(double[] heights, int i)
    {
        var (low, high) = (Math.Max(0, i - 1), Math.Min(heights.Length - 1, i + 1));
        return high > low ? (heights[high] - heights[low]) / (high - low) : LeastMm;
    }

    /// <summary>Pixels of the chosen slice that hold any slice's head.</summary>
    private (int Left, int Top, int Width, int Height) Frame(SliceLevel[] levels)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        foreach (var level in levels)
        {
            var (shift, mask) = (Shift(level.Head.Slice), level.Head.Mask);
            for (var i = 0; i < mask.Pixels.Length; i++)
            {
                if (!mask.Pixels[i])
                    continue;
                var (x, y) = (i % mask.Width + shift.X, i / mask.Width + shift.Y);
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        }
        return (left, top, Math.Max(1, (right - left) / _pixels + 1), Math.Max(1, (bottom - top) / _pixels + 1));
    }

    /// <summary>Pixels from a slice's grid to the chosen one's.</summary>
    private (int X, int Y) Shift(VolumeSlice slice)
    {
        var shift = slice.Position - _origin.Position;
        var (x, y) = (shift.Dot(_origin.RowDirection) / _origin.ColumnSpacing, shift.Dot(_origin.ColumnDirection) / _origin.RowSpacing);
        return ((int)Math.Round(x), (int)Math.Round(y));
    }

    private Image Averaged(SliceLevel[] group)
    {
        var image = new Image(_frame.Width, _frame.Height);
        foreach (var level in group)
            Add(level.Head.Slice, image);
        var share = 1f / (group.Length * _pixels * _pixels);
        for (var i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] *= share;
        return image;
    }

    private void Add(VolumeSlice slice, Image to)
    {
        var ((shiftX, shiftY), from) = (Shift(slice), slice.Image);
        for (var y = 0; y < to.Height * _pixels; y++)
        {
            var row = y + _frame.Top - shiftY;
            var line = to.Pixels.AsSpan(y / _pixels * to.Width, to.Width);
            for (var x = 0; x < to.Width * _pixels; x++)
            {
                var column = x + _frame.Left - shiftX;
                var inside = row >= 0 && row < from.Height && column >= 0 && column < from.Width;
                line[x / _pixels] += inside ? from.Pixels[row * from.Width + column] : Air;
            }
        }
    }
}
