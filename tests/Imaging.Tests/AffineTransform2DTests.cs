using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Tests;

public sealed class AffineTransform2DTests
{
    private static AffineTransform2D Random(Random random) =>
        AffineTransform2D.About(
            random.Next(300), random.Next(300), 0.5 + random.NextDouble(), random.NextDouble() - 0.5, random.NextDouble() - 0.5,
            0.5 + random.NextDouble(), random.Next(-50, 50), random.Next(-50, 50));

    [Fact]
    public void Composition_is_one_after_the_other_and_an_inverse_undoes()
    {
        var random = new Random(8);
        for (var i = 0; i < 200; i++)
        {
            var (a, b) = (Random(random), Random(random));
            var (x, y) = (random.Next(256), random.Next(256));
            var (ax, ay) = a.Apply(x, y);
            var (stepX, stepY) = b.Apply(ax, ay);
            var (onceX, onceY) = a.Then(b).Apply(x, y);
            var (backX, backY) = a.Invert().Apply(ax, ay);
            Assert.Equal(stepX, onceX, 1e-6);
            Assert.Equal(stepY, onceY, 1e-6);
            Assert.Equal(x, backX, 1e-6);
            Assert.Equal(y, backY, 1e-6);
        }
    }

    [Fact]
    public void A_similarity_has_the_rotation_and_scale_it_was_made_with()
    {
        var map = AffineTransform2D.Similarity(33, 1.2, 10, 20, 3, 4);
        Assert.Equal(33, map.RotationDegrees, 1e-9);
        Assert.Equal(1.2, map.Scale, 1e-9);
        var (x, y) = map.Apply(10, 20);
        Assert.Equal(13, x, 1e-9);
        Assert.Equal(24, y, 1e-9);
    }

    [Fact]
    public void A_singular_map_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new AffineTransform2D(1, 2, 0, 2, 4, 0).Invert());

    [Fact]
    public void A_ramp_stays_a_ramp_when_resampled()
    {
        var ramp = new Image(60, 50);
        for (var i = 0; i < ramp.Pixels.Length; i++)
            ramp.Pixels[i] = 3 * (i % 60) - 2 * (i / 60);
        var map = AffineTransform2D.Similarity(20, 0.6, 30, 25, 1.5, -2.25);
        var moved = Resampler.Bilinear(ramp, map, 40, 40, outside: -999);
        for (var y = 20; y < 30; y++)
        {
            for (var x = 20; x < 30; x++)
            {
                var (sx, sy) = map.Apply(x, y);
                Assert.Equal(3 * sx - 2 * sy, moved[x, y], 1e-3);
            }
        }
        Assert.Equal(-999, Resampler.Bilinear(ramp, AffineTransform2D.Translation(100, 0), 5, 5, outside: -999)[0, 0]);
    }
}
