using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;
using Gateway.Workshop.Limits;

namespace Gateway.Workshop.Tests.Limits;

public sealed class LimitsBuilderTests
{
    private static readonly Mask Everywhere = Mask.Where(new Image(64, 64), _ => true);

    [Fact]
    public void A_texture_of_the_archive_is_nearer_than_one_beside_it()
    {
        var archive = Enumerable.Range(1, 30).Select(seed => Slice(seed, 0.2)).ToArray();
        var look = AppearanceBuilder.Build(archive);

        Assert.All(Enumerable.Range(100, 5), seed => Assert.InRange(look.TextureDistance(Slice(seed, 0.2)), 0, 2.5));
        Assert.All(Enumerable.Range(100, 5), seed => Assert.True(look.TextureDistance(Slice(seed, 0.35)) > 4));
    }

    [Fact]
    public void Few_subjects_widen_a_limit()
    {
        double[] figures = [1, 2, 3, 4, 5, 6];

        Assert.True(AspectLimitBuilder.Build(figures, 4, 0).Limit > AspectLimitBuilder.Build(figures, 40, 0).Limit);
        Assert.Equal(1, AspectLimitBuilder.Build(figures, 6, 0).Exceedance(AspectLimitBuilder.Build(figures, 6, 0).Limit), 1e-9);
        Assert.Equal(0, AspectLimitBuilder.Build(figures, 6, 0).Exceedance(3.5), 1e-9);
    }

    [Fact]
    public void Very_good_series_in_an_archive_do_not_let_bad_ones_pass()
    {
        double[] even = [4, 5, 5, 5, 6], withOneVeryGood = [-40, 5, 5, 5, 6];

        Assert.Equal(AspectLimitBuilder.Build(even, 5, 0), AspectLimitBuilder.Build(withOneVeryGood, 5, 0));
    }

    [Fact]
    public void What_nearly_all_protocols_reach_lies_within_and_one_broken_scan_moves_no_limit()
    {
        double[] figures = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? -38.0 : -66 + i % 7)];

        var limit = AspectLimitBuilder.Reach(figures, 50, leastSpread: 5);

        Assert.InRange(limit.Exceedance(-38), 0.5, 0.95);
        Assert.True(limit.Exceedance(-10) > 1);
        Assert.Equal(limit.Limit, AspectLimitBuilder.Reach([.. figures, 40], 50, leastSpread: 5).Limit, 0.5);
    }

    private static GateFeatures Slice(int seed, double noise)
    {
        var random = new Random(seed);
        var input = Array.ConvertAll(Even(0), _ => (float)((2 * random.NextDouble() - 1) * noise));
        return new()
        {
            Histogram = GreyHistogram.Of(input, Everywhere),
            Texture = Radiomics.Of(input, Everywhere),
            Dice = 1,
            NccInside = 1,
        };
    }

    private static float[] Even(float value) => [.. Enumerable.Repeat(value, 64 * 64)];
}
