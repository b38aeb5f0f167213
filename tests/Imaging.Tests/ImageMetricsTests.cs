using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Tests;

public sealed class ImageMetricsTests
{
    [Fact]
    public void Plain_figures_have_their_textbook_values()
    {
        var (a, b) = (new Image(2, 2, [0, 1, 2, 3]), new Image(2, 2, [1, 1, 2, 5]));
        Assert.Equal(0.75, ImageMetrics.Mae(a, b), 1e-12);
        Assert.Equal(10 * Math.Log10(9 / 1.25), ImageMetrics.Psnr(a, b, range: 3), 1e-9);
        Assert.Equal(6.5 / Math.Sqrt(5 * 10.75), ImageMetrics.Ncc(a, b), 1e-9);
        Assert.Equal(-1, ImageMetrics.Ncc(a, a.Map(v => 7 - 2 * v)), 1e-12);
        Assert.Equal(0.5, ImageMetrics.Mae(a, b, new Mask(2, 2, [true, true, false, false])), 1e-12);
        Assert.Equal(0.5, ImageMetrics.Dice(new(2, 1, [true, true]), new(2, 2, [true, false, false, true])), 1e-12);
    }
}
