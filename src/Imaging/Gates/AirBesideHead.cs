using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Gates;

/// <summary>The air beside the head, which should be dark in a magnitude image. Motion repeats the head along
/// the phase direction only.</summary>
internal static class AirBesideHead
{
    private const double GapMm = 8;

    /// <summary>Share of the head's mean that is added to the air. Air that a scanner set to exactly 0 then gives no figure.</summary>
    private const double LeastAir = 0.004;

    /// <returns>|log| of the ratio between the air's mean left and right of the head and that in front
    /// of and behind it; 0 where there is no
    /// air.</returns>
    public static double Ghosts(HeadSlice head)
    {
        var (mask, image) = (head.Mask, head.Slice.Image);
        var near = Morphology.Dilate(mask, GapMm, head.Slice.ColumnSpacing, head.Slice.RowSpacing);
        var columns = Enumerable.Range(0, mask.Width).Select(x => Enumerable.Range(0, mask.Height).Any(y => mask[x, y])).ToArray();
        var rows = Enumerable.Range(0, mask.Height).Select(y => Enumerable.Range(0, mask.Width).Any(x => mask[x, y])).ToArray();
        var inside = Mean((x, y) => mask[x, y]);
        var beside = Mean((x, y) => rows[y] && !columns[x] && !near[x, y]);
        var beforeAndBehind = Mean((x, y) => columns[x] && !rows[y] && !near[x, y]);
        return inside is null || beside is null || beforeAndBehind is null ? 0
            : Math.Abs(Math.Log((beside.Value / inside.Value + LeastAir) / (beforeAndBehind.Value / inside.Value + LeastAir)));

        double? Mean(Func<int, int, bool> where)
        {
            var (sum, count) = (0.0, 0);
            for (var y = 0; y < mask.Height; y++)
                for (var x = 0; x < mask.Width; x++)
                    if (where(x, y))
                        (sum, count) = (sum + image[x, y], count + 1);
            return count < 50 || sum < 0 ? null : sum / count;
        }
    }
}
