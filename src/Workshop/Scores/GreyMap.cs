using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>The best monotone map from grey to grey, rising or falling: what a translation must beat to have looked at more than single
/// pixels.</summary>
public sealed class GreyMap
{
    private const int Bins = 64;
    private readonly double[] _made;

    private GreyMap(double[] made) => _made = made;

    /// <summary>Least squares over the pixels of the masks (pool adjacent violators; Ayer et al. 1955).</summary>
    /// <param name="pairs">Source and truth in [-1, 1], and where; at least one.</param>
    public static GreyMap Fit(IReadOnlyList<(Image Source, Image Truth, Mask Where)> pairs) =>
        Fit([.. pairs.Select(pair => Counted.Of(pair.Source, pair.Truth, pair.Where))]);

    /// <inheritdoc cref="Fit(IReadOnlyList{ValueTuple{Image, Image, Mask}})"/>
    internal static GreyMap Fit(IReadOnlyList<Counted> pairs)
    {
        var (sums, counts) = (new double[Bins], new double[Bins]);
        foreach (var pair in pairs)
            for (var bin = 0; bin < Bins; bin++)
                (sums[bin], counts[bin]) = (sums[bin] + pair.Sums[bin], counts[bin] + pair.Counts[bin]);
        var rising = Pool(sums, counts);
        var falling = Pool([.. sums.Select(sum => -sum)], counts).Select(value => -value).ToArray();
        return new(Explained(rising, sums, counts) >= Explained(falling, sums, counts) ? rising : falling);
    }

    public Image Of(Image source) => source.Map(grey => (float)_made[Bin(grey)]);

    private static int Bin(float grey) => Math.Clamp((int)((grey + 1) / 2 * Bins), 0, Bins - 1);

    /// <summary>By how much the map lowers the squared error, but for a constant.</summary>
    private static double Explained(double[] map, double[] sums, double[] counts) =>
        Enumerable.Range(0, Bins).Sum(bin => 2 * map[bin] * sums[bin] - map[bin] * map[bin] * counts[bin]);

    private static double[] Pool(double[] sums, double[] counts)
    {
        var blocks = new List<(double Sum, double Count, int Bins)>();
        for (var bin = 0; bin < Bins; bin++)
        {
            blocks.Add((sums[bin], counts[bin], 1));
            while (blocks.Count > 1 && Falls(blocks[^2], blocks[^1]))
            {
                var (a, b) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((a.Sum + b.Sum, a.Count + b.Count, a.Bins + b.Bins));
            }
        }
        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Count > 0 ? block.Sum / block.Count : 0, block.Bins))];

        static bool Falls((double Sum, double Count, int Bins) a, (double Sum, double Count, int Bins) b) =>
            a.Count == 0 || b.Count == 0 || a.Sum / a.Count > b.Sum / b.Count;
    }

    /// <summary>What the fit has to know of one pair: the truth's sum at each grey of the source.</summary>
    internal sealed record Counted(double[] Sums, double[] Counts)
    {
        public static Counted Of(Image source, Image truth, Mask where)
        {
            var (sums, counts) = (new double[Bins], new double[Bins]);
            for (var i = 0; i < source.Pixels.Length; i++)
                if (where.Pixels[i])
                {
                    var bin = Bin(source.Pixels[i]);
                    (sums[bin], counts[bin]) = (sums[bin] + truth.Pixels[i], counts[bin] + 1);
                }
            return new(sums, counts);
        }
    }
}
