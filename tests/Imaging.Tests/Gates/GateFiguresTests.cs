using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;

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
        Assert.All(
            GreyLevelPairs.Of(new(64, 64, Even(0.5f)), Everywhere, 4).Zip([0.0, 0, 1, 1, 0]),
            pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    private static float[] Even(float value) => [.. Enumerable.Repeat(value, 64 * 64)];
}
