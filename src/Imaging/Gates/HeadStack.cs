using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Gates;

/// <summary>The heads in a volume's slices as one shape, from the feet upwards, whose place on the mean head is known.</summary>
/// <param name="levels">Every slice whose head was looked for.</param>
/// <param name="place">How the head lies.</param>
/// <param name="up">The volume's normal, towards the top of the head.</param>
internal sealed class HeadStack(IReadOnlyList<SliceLevel> levels, HeadPlace place, Vector3D up)
{
    private const double LargeHead = 0.6;

    /// <summary>The part of a head, mm of the mean one, whose outline changes little from slice to slice: no jaw, nose or vertex.</summary>
    private const double LeastMm = -40;
    private const double MostMm = 65;

    private readonly SliceLevel[] _levels = [.. levels.Where(level => level.Head.Area > 0)];

    /// <summary>Extent of the slices below the middle of the brain, mm of the mean head.</summary>
    public double Below => -Height(_levels[0]);

    /// <summary>Extent of the slices above it, mm of the mean head.</summary>
    public double Above => Height(_levels[^1]);

    /// <summary>Median distance between a slice's head and the line between the heads of its neighbours, mm.</summary>
    public double Jumps
    {
        get
        {
            var steady = _levels.Where(level => Height(level) is >= LeastMm and <= MostMm).ToArray();
            var largest = steady.Length == 0 ? 0 : steady.Max(level => level.Head.Area);
            steady = [.. steady.Where(level => level.Head.Area >= LargeHead * largest)];
            var middles = steady.Select(level => Middle(level.Head)).ToArray();
            var jumps = Enumerable.Range(1, Math.Max(0, steady.Length - 2)).Select(i => Distance(middles[i], Between(i))).Order().ToArray();
            return jumps.Length == 0 ? 0 : jumps[jumps.Length / 2];

            // Interpolated by height and not halfway: slices are not evenly spaced, and a tilted stack leans.
            Vector3D Between(int i)
            {
                var part = (steady[i].Height - steady[i - 1].Height) / (steady[i + 1].Height - steady[i - 1].Height);
                return middles[i - 1] + (middles[i + 1] - middles[i - 1]) * part;
            }
        }
    }

    private double Height(SliceLevel level) => (level.Height - up.Dot(place.Middle)) * place.Scale;

    private static Vector3D Middle(HeadSlice head)
    {
        var (x, y) = head.Centroid;
        return head.Slice.ToPatient(x, y);
    }

    /// <summary>Distance in the plane of the slices, approximately.</summary>
    private static double Distance(Vector3D a, Vector3D b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
