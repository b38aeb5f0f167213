using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Scores;

/// <summary>
/// Puts a bright and a dark disc of 3 to 12 mm into each of some slices, where their surroundings are even, and looks for their traces in
/// the translation. Distribution matching loses and invents lesions (Cohen et al. 2018), and no other score sees it.
/// </summary>
/// <param name="source">The profile of the slices.</param>
/// <param name="window">What -1 and 1 of a CT stand for.</param>
/// <param name="sign">-1 where what is bright in the source is dark in the target, otherwise 1.</param>
/// <param name="seed">Of the places and contrasts.</param>
public sealed class LesionInsertion(ModalityProfile source, GreyRange window, int sign, ulong seed)
{
    private const double Rim = 25;
    private const int Tries = 40;
    private const double Apart = 30;
    private const double LeastNoise = 0.01;
    private static readonly double[] Diameters = [3, 6, 9, 12];

    /// <summary>-1 if bright and dark change places between the modalities, judged by what is known of both.</summary>
    /// <param name="pairs">Pictures of the same anatomy, in [-1, 1].</param>
    public static int SignOf(IEnumerable<(Image Source, Image Target)> pairs) =>
        pairs.Average(pair => ImageMetrics.Ncc(pair.Source, pair.Target, PreparedHead.Inside(pair.Source, Rim))) < 0 ? -1 : 1;

    /// <param name="slice">Slice without lesions.</param>
    /// <param name="made">Its translation.</param>
    /// <param name="generate">The translation of another slice.</param>
    /// <param name="index">Of the slice; chooses sizes and places.</param>
    /// <returns>Empty where the head is too small for a place away from its rim.</returns>
    public IReadOnlyList<Lesion> Try(HeldOutSlice slice, Image made, Func<Image, Image> generate, int index)
    {
        ArgumentNullException.ThrowIfNull(slice);
        ArgumentNullException.ThrowIfNull(generate);
        var random = new PhantomRandom(PhantomRandom.Hash(seed ^ ((ulong)index << 20) ^ 0x1E5));
        var discs = new List<(int X, int Y, double Radius, bool Bright)>();
        var core = PreparedHead.Inside(slice.Source, Rim);
        foreach (var bright in (bool[])[true, false])
        {
            var radius = Diameters[(index + (bright ? 0 : 2)) % Diameters.Length] / 2;
            if (Place(slice.Source, core, discs.Select(d => (d.X, d.Y)), radius, random) is { } place)
                discs.Add((place.X, place.Y, radius, bright));
        }
        var changed = new Image(slice.Source.Width, slice.Source.Height, [.. slice.Source.Pixels]);
        foreach (var disc in discs)
            Paint(changed, disc, random.Uniform(0, 1));
        var found = discs.Count > 0 ? generate(changed) : made;
        return [.. discs.Select(
            disc => new Lesion(slice.Name, disc.Bright, 2 * disc.Radius, Recovery(slice.Source, changed, made, found, disc)))];
    }

    private static (int X, int Y)? Place(Image image, Mask core, IEnumerable<(int X, int Y)> taken, double radius, PhantomRandom random)
    {
        int[] free = [.. Enumerable.Range(0, core.Pixels.Length).Where(i => core.Pixels[i]
            && taken.All(other => Math.Abs(other.X - i % core.Width) + Math.Abs(other.Y - i / core.Width) > Apart))];
        if (free.Length == 0)
            return null;
        var tries = Enumerable.Range(0, Tries).Select(_ => free[Math.Min(free.Length - 1, (int)random.Uniform(0, free.Length))]);
        var best = tries.MinBy(i => Spread(Values(image, i % core.Width, i / core.Width, 0, radius + 4)));
        return (best % core.Width, best / core.Width);
    }

    /// <summary>Pixels at the border of the disc change by the share of them that it covers.</summary>
    private void Paint(Image image, (int X, int Y, double Radius, bool Bright) disc, float strength)
    {
        var reach = (int)disc.Radius + 2;
        for (var y = disc.Y - reach; y <= disc.Y + reach; y++)
            for (var x = disc.X - reach; x <= disc.X + reach; x++)
            {
                var share = (float)Math.Clamp(
                    disc.Radius + 0.5 - Math.Sqrt((x - disc.X) * (x - disc.X) + (y - disc.Y) * (y - disc.Y)), 0, 1);
                image[x, y] += share * (Inside(image[x, y], disc.Bright, strength) - image[x, y]);
            }
    }

    /// <summary>Bright in CT is 60 to 80 HU, as acute blood is; otherwise values change by 20 to 40 % of the range, which takes them out of
    /// what grey and white matter have: of a disc that could be grey matter nobody can say which way it should turn.</summary>
    private float Inside(float grey, bool bright, float strength)
    {
        var range = source.MadeRange(window);
        var step = (0.2f + 0.2f * strength) * range.Width;
        return (bright, source.IsHounsfield) switch
        {
            (true, true) => range.ToUnit(60 + 20 * strength),
            (true, false) => range.ToUnit(range.FromUnit(grey) + step),
            _ => range.ToUnit(range.FromUnit(grey) - step),
        };
    }

    private double Recovery(Image clean, Image changed, Image made, Image found, (int X, int Y, double Radius, bool Bright) disc)
    {
        var (given, kept) = (Ratio(clean, changed), Ratio(made, found));
        return given == 0 ? 0 : Math.Clamp(sign * kept / given, -2, 2);

        double Ratio(Image before, Image after)
        {
            var inside = Math.Max(1, disc.Radius - 0.5);
            var contrast = Values(after, disc.X, disc.Y, 0, inside).Average() - Values(before, disc.X, disc.Y, 0, inside).Average();
            return contrast / Math.Max(LeastNoise, Spread(Values(before, disc.X, disc.Y, disc.Radius + 1, disc.Radius + 5)));
        }
    }

    /// <summary>The values at distances from..to of a point.</summary>
    private static double[] Values(Image image, int atX, int atY, double from, double to)
    {
        var (reach, found) = ((int)to + 1, new List<double>());
        for (var y = Math.Max(0, atY - reach); y <= Math.Min(image.Height - 1, atY + reach); y++)
            for (var x = Math.Max(0, atX - reach); x <= Math.Min(image.Width - 1, atX + reach); x++)
            {
                var distance = Math.Sqrt((x - atX) * (x - atX) + (y - atY) * (y - atY));
                if (distance >= from && distance <= to)
                    found.Add(image[x, y]);
            }
        return [.. found];
    }

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
