using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests.Registration;

/// <summary>A digital head and the same head warped, with the truth between them.</summary>
internal sealed class WarpedHead
{
    public const int Side = Reference.Side;

    private readonly PhantomSlice _slice;

    /// <param name="seed">Of the head.</param>
    /// <param name="warp">Fixed pixel to moving pixel.</param>
    /// <param name="spoil">With gamma, a bias field and noise.</param>
    public WarpedHead(ulong seed, RandomWarp warp, bool spoil = true)
    {
        _slice = HeadPhantom.Sample(new() { Seed = seed }).RenderSlice(8, 2 * Side, 0.5f);
        Warp = warp;
        var source = GaussianFilter.Apply(_slice.T2Picture().Map(v => v / 255), 0.8, 0.8);
        Fixed = Sampled(source, (x, y) => (2 * x + 0.5, 2 * y + 0.5));
        Moving = Sampled(source, ToSource);
        Mask = Mask.Where(
            Sampled(new(2 * Side, 2 * Side, [.. _slice.Head.Select(inside => inside ? 1f : 0f)]), (x, y) => (2 * x + 0.5, 2 * y + 0.5)),
            v => v > 0.5f);
        if (spoil)
            Spoil(Moving, new((int)seed));
    }

    public RandomWarp Warp { get; }

    public Image Fixed { get; }

    public Mask Mask { get; }

    public Image Moving { get; }

    public HeadSlice MovingHead => new(SyntheticHead.Slice(Moving.Map(v => 1000 * v), 1), ShippedModalities.T2, GreyRange.Brain);

    /// <summary>Mean distance, mm, between where a map and the truth put the fixed head's pixels.</summary>
    public double Error(Func<double, double, (double X, double Y)> map) => Inside().Average(at =>
    {
        var ((x, y), (truthX, truthY)) = (map(at.X, at.Y), Warp.Apply(at.X, at.Y));
        return Math.Sqrt((x - truthX) * (x - truthX) + (y - truthY) * (y - truthY));
    });

    /// <summary>
    /// Mean Dice coefficient of the head, the bone and the skull's content after the map. Sulci and cortex are one to three pixels
    /// wide: there Dice would measure the pixel grid.
    /// </summary>
    public double Dice(Func<double, double, (double X, double Y)> map)
    {
        Tissue[][] groups =
        [
            [.. Enum.GetValues<Tissue>().Where(tissue => tissue != Tissue.Air)],
            [Tissue.CorticalBone, Tissue.Diploe],
            [Tissue.Csf, Tissue.GreyMatter, Tissue.DeepGrey, Tissue.Pallidum, Tissue.WhiteMatter, Tissue.Dura, Tissue.Blood,
                Tissue.Calcification],
        ];
        return groups.Average(group => ImageMetrics.Dice(
            Labelled((x, y) => (2 * x + 0.5, 2 * y + 0.5), group),
            Labelled((x, y) => Through(map(x, y)), group)));

        (double X, double Y) Through((double X, double Y) p) => ToSource(p.X, p.Y);
    }

    private (double X, double Y) ToSource(double x, double y)
    {
        var (px, py) = Warp.Back(x, y);
        return (2 * px + 0.5, 2 * py + 0.5);
    }

    private IEnumerable<(int X, int Y)> Inside() =>
        Enumerable.Range(0, Mask.Pixels.Length).Where(i => Mask.Pixels[i]).Select(i => (i % Side, i / Side));

    private Mask Labelled(Func<double, double, (double X, double Y)> toSource, Tissue[] group)
    {
        var result = new Mask(Side, Side);
        for (var i = 0; i < result.Pixels.Length; i++)
        {
            var (x, y) = toSource(i % Side, i / Side);
            var (column, row) = ((int)Math.Round(x), (int)Math.Round(y));
            result.Pixels[i] = column >= 0 && row >= 0 && column < 2 * Side && row < 2 * Side
                && group.Contains(_slice.Labels[row * 2 * Side + column]);
        }
        return result;
    }

    private static Image Sampled(Image source, Func<double, double, (double X, double Y)> toSource)
    {
        var field = new Image(Side, Side);
        for (var i = 0; i < field.Pixels.Length; i++)
        {
            var (x, y) = toSource(i % Side, i / Side);
            if (x < 0 || y < 0 || x >= source.Width - 1 || y >= source.Height - 1)
                continue;
            var (left, top) = ((int)x, (int)y);
            var (fx, fy) = ((float)(x - left), (float)(y - top));
            field.Pixels[i] = (1 - fy) * ((1 - fx) * source[left, top] + fx * source[left + 1, top])
                + fy * ((1 - fx) * source[left, top + 1] + fx * source[left + 1, top + 1]);
        }
        return field;
    }

    /// <summary>Gamma 0.8, a bias field of up to a quarter, noise of 2 %.</summary>
    public static void Spoil(Image image, Random random)
    {
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var bias = 1 + 0.25 * Math.Sin(4.0 * (i % image.Width) / image.Width + 1) * Math.Cos(3.0 * (i / image.Width) / image.Height);
            var noise = 0.02 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            image.Pixels[i] = (float)Math.Max(0, Math.Pow(image.Pixels[i], 0.8) * bias + noise);
        }
    }
}
