using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Scores;

/// <summary>The trivial translations of one direction. Whatever they know, they know from other subjects, and of those from the slices
/// near in level.</summary>
public sealed class TrivialFits
{
    private const double NearMm = 7.5;
    private const int LeastPairs = 8;
    private const int MostPairs = 64;

    private readonly Direction _direction;
    private readonly GreyRange _window;
    private readonly bool _rule;
    private readonly IReadOnlyList<Known> _known;

    /// <param name="pairs">Of which they know.</param>
    /// <param name="direction">From which modality to which.</param>
    /// <param name="window">The HU that -1 and 1 of CT pictures stand for.</param>
    /// <param name="rule">Whether PseudoCt is among them, where it can be: it measures in pixels of 1 mm.</param>
    public TrivialFits(IEnumerable<HeldOutPair> pairs, Direction direction, GreyRange window, bool rule = true)
    {
        (_direction, _window, _rule) = (direction, window, rule);
        _known = [.. pairs.Select(pair => new Known(pair.Slice(direction)))];
    }

    /// <summary>Names in the order of <see cref="Make"/>.</summary>
    public IReadOnlyList<string> Names =>
    [
        "constant mean image", "copy of the input", "best grey map", "grey map + mean image", .. Rule is null ? [] : (string[])["PseudoCt"],
    ];

    private Func<Image, Image>? Rule => _rule && _direction == ShippedModalities.T2.Direction
        ? source => PseudoCt.FromT2(source, _window.Low, _window.High) : null;

    /// <summary>Whether anything is known of others than one subject.</summary>
    public bool KnowsOthersThan(string subject) => _known.Any(known => known.Subject != subject);

    /// <summary>What each makes of a slice, in [-1, 1]. Mean and maps are least squares over the heads of the slices known.</summary>
    /// <exception cref="ArgumentException">Nothing is known of another subject.</exception>
    public IReadOnlyList<Image> Make(HeldOutSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var near = Near(slice);
        if (near.Count == 0)
            throw new ArgumentException("Nothing is known of another subject.", nameof(slice));
        var sum = new Image(slice.Source.Width, slice.Source.Height);
        foreach (var known in near)
            for (var i = 0; i < sum.Pixels.Length; i++)
                sum.Pixels[i] += known.Truth.Pixels[i];
        var (mean, map) = (sum.Map(value => value / near.Count), GreyMap.Fit([.. near.Select(known => known.Counted)]));
        var (head, mapped) = (HeadOf(slice.Source), map.Of(slice.Source));
        var (constant, ofMap, ofMean) = near.Count > 1 ? Weights(near, sum, map) : (0, 1, 0);
        var both = new Image(mean.Width, mean.Height);
        for (var i = 0; i < both.Pixels.Length; i++)
            both.Pixels[i] = (float)Math.Clamp(constant + ofMap * mapped.Pixels[i] + ofMean * mean.Pixels[i], -1, 1);
        return [mean, slice.Source, head.Apply(mapped, -1), head.Apply(both, -1), .. Rule is { } rule ? [rule(slice.Source)] : (Image[])[]];
    }

    private List<Known> Near(HeldOutSlice slice)
    {
        var others = _known.Where(known => known.Subject != slice.Subject);
        if (slice.Pair?.LevelMm is not { } level)
            return [.. others.Take(MostPairs)];
        var byDistance = others.OrderBy(known => Distance(known)).Take(MostPairs).ToList();
        var near = byDistance.TakeWhile(known => Distance(known) <= NearMm).ToList();
        return near.Count >= LeastPairs ? near : [.. byDistance.Take(LeastPairs)];

        double Distance(Known known) => known.LevelMm is { } at ? Math.Abs(at - level) : double.MaxValue;
    }

    /// <summary>truth = constant + a map(source) + b mean, with the mean that the other pairs give.</summary>
    private static (double Constant, double OfMap, double OfMean) Weights(List<Known> near, Image sum, GreyMap map)
    {
        double n = 0, x = 0, y = 0, t = 0, xx = 0, yy = 0, xy = 0, xt = 0, yt = 0;
        foreach (var known in near)
        {
            var mapped = map.Of(known.Source).Pixels;
            for (var i = 0; i < mapped.Length; i++)
            {
                if (!known.Head.Pixels[i])
                    continue;
                double a = mapped[i], truth = known.Truth.Pixels[i], b = (sum.Pixels[i] - truth) / (near.Count - 1);
                (n, x, y, t) = (n + 1, x + a, y + b, t + truth);
                (xx, yy, xy, xt, yt) = (xx + a * a, yy + b * b, xy + a * b, xt + a * truth, yt + b * truth);
            }
        }
        (xx, yy, xy, xt, yt) = (xx - x * x / n, yy - y * y / n, xy - x * y / n, xt - x * t / n, yt - y * t / n);
        var determinant = xx * yy - xy * xy;
        if (!(determinant > 1e-9 * xx * yy))
            return (0, 1, 0);
        var (ofMap, ofMean) = ((xt * yy - yt * xy) / determinant, (yt * xx - xt * xy) / determinant);
        return ((t - ofMap * x - ofMean * y) / n, ofMap, ofMean);
    }

    /// <summary>Bone and air may be as dark as what lies outside.</summary>
    private static Mask HeadOf(Image source) => Morphology.FillHoles(Mask.Where(source, grey => grey > -1));

    private sealed class Known
    {
        private readonly HeldOutSlice _slice;

        public Known(HeldOutSlice slice)
        {
            (_slice, Head) = (slice, HeadOf(slice.Source));
            Counted = GreyMap.Counted.Of(Source, Truth, Head);
        }

        public string Subject => _slice.Subject;

        public double? LevelMm => _slice.Pair!.LevelMm;

        public Image Source => _slice.Source;

        public Image Truth => _slice.Truth!;

        public Mask Head { get; }

        public GreyMap.Counted Counted { get; }
    }
}
