using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Gates;

/// <summary>How much of a head should lie in a volume's slices and does not: beyond the border of the pictures, or black.</summary>
internal static class MissingHead
{
    /// <summary>Heads differ in shape from the mean one by less than this.</summary>
    private const double MarginMm = 16;
    private const float Tissue = 0.1f;

    /// <summary>Slices farther apart say nothing of what lies between.</summary>
    private const double MostApartMm = 12;

    /// <param name="mean">The mean head.</param>
    /// <param name="place">How the head lies.</param>
    /// <param name="levels">From the feet.</param>
    /// <param name="up">The volume's normal.</param>
    /// <returns>0..1: share of the mean head's inside, between the lowest and the highest slice, where the slices show no head.</returns>
    public static double Share(MeanHead mean, HeadPlace place, IReadOnlyList<SliceLevel> levels, Vector3D up)
    {
        var (grid, inside) = (mean.Coarse, Inside(mean.Coarse));
        var masks = levels.ToDictionary(level => level.Index, level => new Lazy<Mask>(() => level.Head.Mask));
        var (toPatient, expected, missing) = (place.ToMean.Invert(), 0, 0);
        for (var i = 0; i < inside.Length; i++)
        {
            if (!inside[i])
                continue;
            var at = toPatient.Apply(
                grid.Origin + new Vector3D(i % grid.Width, i / grid.Width % grid.Height, i / grid.Width / grid.Height) * grid.Step);
            var height = up.Dot(at);
            var level = levels.MinBy(other => Math.Abs(other.Height - height))!;
            if (height < levels[0].Height || height > levels[^1].Height || Math.Abs(level.Height - height) > MostApartMm / 2)
                continue;
            (expected, missing) = (expected + 1, missing + (IsIn(level.Head.Slice, masks[level.Index].Value, at) ? 0 : 1));
        }
        return expected == 0 ? 1 : (double)missing / expected;
    }

    /// <summary>The mean head, less a margin within its planes, its holes filled; above the neck.</summary>
    private static bool[] Inside(HeadGrid grid)
    {
        var (inside, area) = (new bool[grid.Values.Length], grid.Width * grid.Height);
        for (var z = 0; z < grid.Depth; z++)
        {
            if (grid.Origin.Z + z * grid.Step < -40)
                continue;
            var plane = new Mask(grid.Width, grid.Height, [.. grid.Values.Skip(z * area).Take(area).Select(value => value > Tissue)]);
            Morphology.Erode(Morphology.FillHoles(plane), MarginMm, grid.Step, grid.Step).Pixels.CopyTo(inside, z * area);
        }
        return inside;
    }

    private static bool IsIn(VolumeSlice slice, Mask head, Vector3D at)
    {
        var from = at - slice.Position;
        var (x, y) = (from.Dot(slice.RowDirection) / slice.ColumnSpacing, from.Dot(slice.ColumnDirection) / slice.RowSpacing);
        var (column, row) = ((int)Math.Round(x), (int)Math.Round(y));
        return column >= 0 && row >= 0 && column < head.Width && row < head.Height && head[column, row];
    }
}
