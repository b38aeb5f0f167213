using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Scores;

public sealed class TrivialFitsTests
{
    private const int Side = 256;

    private static Direction CtToT2 => ShippedModalities.T2.Direction.Reverse;

    [Fact]
    public void The_trivial_methods_know_nothing_of_the_subject_they_are_asked_for()
    {
        // The subject's own truth is bright; that of all others is dark.
        HeldOutPair[] pairs = [Pair("a", 0, 0.9f), Pair("a", 1, 0.9f), Pair("b", 0, -0.5f), Pair("c", 0, -0.5f)];

        var made = Fits(pairs).Make(pairs[0].Slice(CtToT2));

        Assert.Equal(-0.5f, made[0][128, 128], 1e-4f);
        Assert.Equal(-0.5f, made[2][128, 128], 1e-4f);
        Assert.Equal(-0.5f, made[3][128, 128], 1e-4f);
        Assert.Equal(pairs[0].Pictures[CtToT2.From].Pixels, made[1].Pixels);
        Assert.False(Fits(pairs[..2]).KnowsOthersThan("a"));
        Assert.Throws<ArgumentException>(() => Fits(pairs[..2]).Make(pairs[0].Slice(CtToT2)));
    }

    [Fact]
    public void The_mean_is_that_of_slices_near_in_level()
    {
        var low = Enumerable.Range(0, 8).Select(i => Pair($"low {i}", -30, -0.6f));
        var high = Enumerable.Range(0, 8).Select(i => Pair($"high {i}", 30, 0.6f));
        var fits = Fits([.. low, .. high]);

        Assert.Equal(-0.6f, fits.Make(Pair("x", -28, 0).Slice(CtToT2))[0][128, 128], 1e-4f);
        Assert.Equal(0.6f, fits.Make(Pair("x", 40, 0).Slice(CtToT2))[0][128, 128], 1e-4f);
        Assert.Equal(0, fits.Make(Pair("x", null, 0).Slice(CtToT2))[0][128, 128], 1e-4f);
    }

    [Fact]
    public void A_truth_of_grey_and_of_place_is_found_by_map_and_mean_together_alone()
    {
        HeldOutPair[] pairs = [.. Enumerable.Range(0, 6).Select(i => Mixed($"{i}", i))];
        var slice = pairs[0].Slice(CtToT2);

        var made = Fits(pairs).Make(slice);
        double[] errors = [.. made.Select(image => ImageMetrics.Mae(image, slice.Truth!, Mask.Where(slice.Source, grey => grey > -1)))];

        Assert.Equal(errors.Min(), errors[3]);
        Assert.InRange(errors[3], 0, 0.06);
        Assert.InRange(errors[2], 0.12, 1);
    }

    [Fact]
    public void Only_t2_has_a_rule_that_makes_ct()
    {
        Assert.Equal(4, Fits([]).Names.Count);
        Assert.Equal("PseudoCt", new TrivialFits([], CtToT2.Reverse, GreyRange.Brain).Names[^1]);
        HeldOutPair[] pairs = [Pair("a", 0, 0.5f), Pair("b", 0, 0.5f)];
        Assert.Equal(5, new TrivialFits(pairs, CtToT2.Reverse, GreyRange.Brain).Make(pairs[0].Slice(CtToT2.Reverse)).Count);
    }

    private static TrivialFits Fits(IReadOnlyList<HeldOutPair> pairs) => new(pairs, CtToT2, GreyRange.Brain);

    private static HeldOutPair Pair(string subject, double? level, float grey) =>
        Of(subject, level, Disc((x, y) => (x + y) % 7 / 10f), Disc((_, _) => grey));

    // Noise of one's own in the source, and a slope from left to right that all share.
    private static HeldOutPair Mixed(string subject, int seed)
    {
        var random = new Random(seed);
        var source = Disc((_, _) => random.NextSingle() - 0.5f);
        return Of(subject, 0, source, Disc((x, y) => 0.5f * source[x, y] + (x - 128) / 256f));
    }

    private static HeldOutPair Of(string subject, double? level, Image ct, Image t2) => new()
    {
        Name = $"{subject} {level}",
        Subject = subject,
        LevelMm = level,
        Pictures = new Dictionary<Modality, Image> { [CtToT2.From] = ct, [CtToT2.To] = t2 },
        Brain = new(Side, Side),
    };

    private static Image Disc(Func<int, int, float> inside)
    {
        var image = new Image(Side, Side);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = (i % Side, i / Side);
            image.Pixels[i] = (x - 128) * (x - 128) + (y - 128) * (y - 128) < 90 * 90 ? inside(x, y) : -1;
        }
        return image;
    }
}
