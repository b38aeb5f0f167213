using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Scores;

/// <summary>What judges retrained models, each on pictures for which the answer is known.</summary>
public sealed class TrialScoreTests
{
    private static readonly HeldOutSet Phantoms =
        DrawnPhantoms.Draw(ShippedModalities.T2.Direction, GreyRange.Brain, 4, 2, CancellationToken.None)!;

    private static IReadOnlyList<HeldOutSlice> T2 => Phantoms.Sides[ShippedModalities.T2.Modality].Slices;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_interval_of_a_mean_is_that_of_its_standard_error_and_a_subject_with_many_slices_widens_it()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.0 : -1.0)];

        var (low, high) = new Bootstrap([.. values.Select((_, i) => $"{i}")], 2000, 1).OfMean(values);
        var (wideLow, wideHigh) = new Bootstrap([.. values.Select((_, i) => $"{i % 2}{i / 20}")], 2000, 1).OfMean(values);

        Assert.Equal(-0.196, low, 0.04);
        Assert.Equal(0.196, high, 0.04);
        Assert.InRange(wideHigh - wideLow, 2 * (high - low), 2.2);
    }

    [Fact]
    public void An_interval_follows_from_its_seed() => Assert.Equal(
        new Bootstrap(["a", "b", "c"], 100, 7).OfMean([1, 2, 4]), new Bootstrap(["a", "b", "c"], 100, 7).OfMean([1, 2, 4]));

    [Theory, InlineData(0.7f), InlineData(-0.7f)]
    public void The_best_map_of_greys_finds_a_map_of_greys_that_rises_or_falls(float slope)
    {
        var source = T2[0].Source;
        var truth = source.Map(grey => slope * grey);
        var everywhere = Mask.Where(source, _ => true);

        var made = GreyMap.Fit([(source, truth, everywhere)]).Of(source);

        Assert.InRange(ImageMetrics.Mae(made, truth), 0, 0.02);
    }

    [Fact]
    public void A_map_that_may_not_turn_stays_level_where_the_truth_turns()
    {
        var source = new Image(3, 1, [-0.9f, 0, 0.9f]);
        var map = GreyMap.Fit([(source, new Image(3, 1, [-1, 1, 0]), new Mask(3, 1, [true, true, true]))]);

        Assert.Equal([-1, 0.5f, 0.5f], map.Of(source).Pixels);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, -1)]
    public void A_lesion_is_recovered_whole_by_a_copy_and_turned_round_by_a_negative(float factor, double recovery)
    {
        var found = Lesions(image => image.Map(grey => factor * grey), sign: 1);

        Assert.Equal(8, found.Count);
        Assert.All(found, lesion => Assert.Equal(recovery, lesion.Recovery, 0.01));
        Assert.Equal([3.0, 6, 9, 12], found.Select(lesion => lesion.Diameter).Distinct().Order());
    }

    [Fact]
    public void Blurring_costs_small_lesions_more_than_large_ones_and_a_constant_costs_all()
    {
        var blurred = Lesions(image => GaussianFilter.Apply(image, 3, 3), sign: 1)
            .ToLookup(lesion => lesion.Diameter, lesion => lesion.Recovery);

        Assert.True(blurred[3].Average() < blurred[12].Average(), $"{blurred[3].Average()} and {blurred[12].Average()}");
        Assert.All(Lesions(image => image.Map(_ => 0.1f), sign: 1), lesion => Assert.Equal(0, lesion.Recovery));
    }

    [Fact]
    public void T2_and_ct_turn_bright_and_dark_round() =>
        Assert.Equal(-1, LesionInsertion.SignOf(T2.Select(slice => (slice.Source, slice.Truth!))));

    [Fact]
    public void A_spot_that_one_paints_is_new_and_a_faint_or_tiny_one_or_its_absence_is_not()
    {
        var known = Scores(Truth);
        var spots = new NewBlobs(known);

        Assert.Equal(1, spots.Count(Scores(source => Painted(Truth(source), 5, 0.8f))[0], known[0]));
        Assert.Equal(0, spots.Count(Scores(source => Painted(Truth(source), 5, 0.03f))[0], known[0]));
        Assert.Equal(0, spots.Count(Scores(source => Painted(Truth(source), 0, 0.2f))[0], known[0]));
        Assert.Equal(0, spots.Count(known[0], Scores(source => Painted(Truth(source), 5, 0.8f))[0]));
    }

    [Fact]
    public void Textures_are_near_to_their_own_kind_and_far_from_a_blurred_one()
    {
        double[][] real = [.. T2.Select(slice => SliceScoring.Texture(slice.Source))];

        var same = new TextureDistance([.. real.Take(3)], real).Value;
        var blurred = new TextureDistance(
            [.. T2.Select(slice => SliceScoring.Texture(GaussianFilter.Apply(slice.Source, 2, 2)))], real).Value;

        Assert.True(blurred > 5 * Math.Abs(same), $"{same} and {blurred}");
    }

    [Fact]
    public void Pictures_that_are_all_the_same_have_no_spread() =>
        Assert.Equal(0, PictureSpread.Of([T2[0].Source, T2[0].Source, T2[0].Source]));

    [Fact]
    public void Phantoms_for_judging_are_not_drawn_for_a_pair_they_do_not_have() =>
        Assert.Null(DrawnPhantoms.Draw(Direction.Parse("pd-ct"), GreyRange.Brain, 1, 1, Cancel));

    private static Image Truth(Image source) => T2.Single(slice => slice.Source == source).Truth!;

    private static Image Painted(Image image, int radius, float much)
    {
        var result = new Image(image.Width, image.Height, [.. image.Pixels]);
        for (var y = -radius; y <= radius; y++)
            for (var x = -radius; x <= radius; x++)
                if (x * x + y * y <= radius * radius)
                    result[150 + x, 110 + y] += much;
        return result;
    }

    private static IReadOnlyList<SliceScores> Scores(Func<Image, Image> make) =>
        new SliceScoring(ShippedModalities.Ct, GreyRange.Brain, 2).Score(RoundTrip.Of("made", make, image => image), T2, cycles: 0, Cancel);

    private static List<Lesion> Lesions(Func<Image, Image> generate, int sign)
    {
        var insertion = new LesionInsertion(ShippedModalities.T2, GreyRange.Brain, sign, seed: 1);
        return [.. T2.SelectMany((slice, i) => insertion.Try(slice, generate(slice.Source), generate, i))];
    }
}
