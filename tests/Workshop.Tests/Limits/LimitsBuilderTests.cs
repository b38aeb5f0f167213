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
            Upright = 1,
            CutOff = 0,
        };
    }

    private static float[] Even(float value) => [.. Enumerable.Repeat(value, 64 * 64)];
}
