using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Gates;

/// <summary>The heads in a volume's slices as one shape, from the feet upwards.</summary>
/// <param name="levels">Every slice whose head was looked for.</param>
/// <param name="chosen">Index of the chosen slice.</param>
internal sealed class HeadStack(IReadOnlyList<SliceLevel> levels, int chosen)
{
    private const double BelowMm = 60;
    private const double AboveMm = 90;
    private const double BesideMm = 12;
    private const double LargeHead = 0.6;

    /// <summary>Keeps the logarithm finite if the stack ends at the chosen slice.</summary>
    private const double LeastShare = 0.02;

    private readonly double _level = levels.First(level => level.Index == chosen).Height;
    private readonly double _largest = Math.Max(1e-9, levels.Max(level => level.Head.Area));

    public double Below => _level - levels.Min(level => level.Height);

    /// <summary>Mean over the upper tenth of the slices, at least one.</summary>
    public double Top => levels.TakeLast(Math.Max(1, levels.Count / 10)).Average(level => level.Head.Area) / _largest;

    public double? Widening
    {
        get
        {
            var above = Share(offset => offset is > BesideMm and <= AboveMm);
            var below = Share(offset => offset is < -BesideMm and >= -BelowMm);
            return above is null || below is null ? null : Math.Log((above.Value + LeastShare) / (below.Value + LeastShare));
        }
    }

    /// <summary>Counts only neighbours that are all large, which leaves out chin and vertex.</summary>
    public double Jumps
    {
        get
        {
            var large = levels.Where(level => level.Head.Area >= LargeHead * _largest).ToArray();
            var middles = large.Select(level => Middle(level.Head)).ToArray();
            var jumps = Enumerable.Range(1, Math.Max(0, large.Length - 2)).Select(i => Distance(middles[i], Between(i))).Order().ToArray();
            return jumps.Length == 0 ? 0 : jumps[jumps.Length / 2];

            // Interpolated by height and not halfway: slices are not evenly spaced, and a tilted stack leans.
            Vector3D Between(int i)
            {
                var part = (large[i].Height - large[i - 1].Height) / (large[i + 1].Height - large[i - 1].Height);
                return middles[i - 1] + (middles[i + 1] - middles[i - 1]) * part;
            }
        }
    }

    private double? Share(Func<double, bool> offsets)
    {
        var areas = levels.Where(level => offsets(level.Height - _level)).Select(level => level.Head.Area / _largest).ToArray();
        return areas.Length == 0 ? null : areas.Average();
    }

    private static Vector3D Middle(HeadSlice head)
    {
        var (x, y) = head.Centroid;
        return head.Slice.ToPatient(x, y);
    }

    /// <summary>Distance in the plane of the slices, approximately.</summary>
    private static double Distance(Vector3D a, Vector3D b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
