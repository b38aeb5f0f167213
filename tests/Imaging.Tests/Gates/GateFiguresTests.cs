using Gateway.Imaging.Gates;

namespace Gateway.Imaging.Tests.Gates;

public sealed class GateFiguresTests
{
    private static readonly Mask Everywhere = Mask.Where(new Image(64, 64), _ => true);

    [Fact]
    public void Histograms_are_as_far_apart_as_their_values()
    {
        var (dark, bright) = (GreyHistogram.Of(Even(-0.5f), Everywhere), GreyHistogram.Of(Even(0.25f), Everywhere));

        Assert.Equal(1, dark.Sum(), 1e-9);
        Assert.Equal(0.375, GreyHistogram.Distance(dark, bright), 0.01);
        Assert.Equal(0, GreyHistogram.Distance(dark, dark));
    }

    [Fact]
    public void Pairs_of_a_chessboard_are_opposites_along_the_axes_and_equals_along_the_diagonals()
    {
        var board = new Image(64, 64, [.. Enumerable.Range(0, 64 * 64).Select(i => (i % 64 + i / 64) % 2 == 0 ? -1f : 1f)]);

        var figures = GreyLevelPairs.Of(board, Everywhere, 1);

        var (axes, diagonals) = (2.0 * 63 * 64, 2.0 * 63 * 63);
        Assert.Equal(15 * 15 * axes / (axes + diagonals), figures[0], 1e-6);
        Assert.All(GreyLevelPairs.Of(new(64, 64, Even(0.5f)), Everywhere, 4).Zip([0.0, 0, 1, 1, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void A_texture_of_the_archive_is_nearer_than_one_beside_it()
    {
        var archive = Enumerable.Range(1, 30).Select(seed => Slice(seed, 0.2)).ToArray();
        var look = Appearance.Learn(archive);

        Assert.All(Enumerable.Range(100, 5), seed => Assert.InRange(look.TextureDistance(Slice(seed, 0.2)), 0, 2.5));
        Assert.All(Enumerable.Range(100, 5), seed => Assert.True(look.TextureDistance(Slice(seed, 0.35)) > 4));
    }

    [Fact]
    public void Few_subjects_widen_a_limit()
    {
        double[] figures = [1, 2, 3, 4, 5, 6];

        Assert.True(AspectLimit.Learn(figures, 4, 0).Limit > AspectLimit.Learn(figures, 40, 0).Limit);
        Assert.Equal(1, AspectLimit.Learn(figures, 6, 0).Exceedance(AspectLimit.Learn(figures, 6, 0).Limit), 1e-9);
        Assert.Equal(0, AspectLimit.Learn(figures, 6, 0).Exceedance(3.5), 1e-9);
    }

    [Fact]
    public void Very_good_series_in_an_archive_do_not_let_bad_ones_pass()
    {
        double[] even = [4, 5, 5, 5, 6], withOneVeryGood = [-40, 5, 5, 5, 6];

        Assert.Equal(AspectLimit.Learn(even, 5, 0), AspectLimit.Learn(withOneVeryGood, 5, 0));
    }

    private static GateFeatures Slice(int seed, double noise)
    {
        var random = new Random(seed);
        var input = Array.ConvertAll(Even(0), _ => (float)((2 * random.NextDouble() - 1) * noise));
        return new() { Histogram = GreyHistogram.Of(input, Everywhere), Texture = Radiomics.Of(input, Everywhere), Dice = 1, NccInside = 1, Upright = 1, CutOff = 0 };
    }

    private static float[] Even(float value) => [.. Enumerable.Repeat(value, 64 * 64)];
}
