using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;

namespace Gateway.Imaging.Tests;

public sealed class MorphologyTests
{
    [Fact]
    public void Dilation_and_erosion_reach_exactly_as_far_as_the_radius_says()
    {
        var random = new Random(5);
        for (var round = 0; round < 20; round++)
        {
            var mask = new Mask(23, 17, [.. Enumerable.Range(0, 23 * 17).Select(_ => random.Next(12) == 0)]);
            var (width, height, radius) = (0.5 + random.NextDouble(), 0.5 + random.NextDouble(), random.NextDouble() * 5);
            var (grown, shrunk) = (Morphology.Dilate(mask, radius, width, height), Morphology.Erode(mask, radius, width, height));
            for (var y = 0; y < 17; y++)
            {
                for (var x = 0; x < 23; x++)
                {
                    Assert.Equal(Near(mask, true, x, y), grown[x, y]);
                    Assert.Equal(!Near(mask, false, x, y), shrunk[x, y]);
                }
            }

            bool Near(Mask set, bool inside, int x, int y) => Enumerable.Range(0, 23 * 17).Any(i =>
                set.Pixels[i] == inside
                    && Math.Pow((i % 23 - x) * width, 2) + Math.Pow((i / 23 - y) * height, 2) <= radius * radius + 1e-9);
        }
    }

    [Fact]
    public void Only_enclosed_pixels_are_filled()
    {
        var mask = Parse(".....", ".###.", ".#.#.", ".###.", "..#..");
        Assert.Equal(Parse(".....", ".###.", ".###.", ".###.", "..#..").Pixels, Morphology.FillHoles(mask).Pixels);
        Assert.Equal(Parse("..#", ".##", "...").Pixels, Morphology.LargestComponent(Parse("..#", ".##", "#..")).Pixels);
    }

    [Fact]
    public void A_head_in_ct_is_found_without_its_table()
    {
        var image = new Image(200, 200).Map(_ => -1000);
        for (var y = 0; y < 200; y++)
            for (var x = 0; x < 200; x++)
                image[x, y] = Math.Pow((x - 100) / 60.0, 2) + Math.Pow((y - 90) / 75.0, 2) < 1 ? 30 : y is >= 167 and < 170 ? 400 : -1000;
        var mask = HeadMask.OfCt(image, 1, 1);
        Assert.Equal(Math.PI * 60 * 75, mask.Area, 300.0);
        Assert.False(mask[20, 168]);
    }

    [Fact]
    public void A_head_in_noise_is_found_with_its_dark_skull()
    {
        var random = new Random(3);
        var image = SyntheticHead.Draw(256, 256, AffineTransform2D.Translation(-127.5, -127.5))
            .Map(value => (float)Math.Abs(value + 25 * (random.NextDouble() + random.NextDouble() - 1)));
        Assert.InRange(HeadMask.OfMr(image, 1, 1).Area, Math.PI * 71 * 91, Math.PI * 74 * 94);
    }

    private static Mask Parse(params string[] rows) => new(rows[0].Length, rows.Length, [.. string.Concat(rows).Select(c => c == '#')]);
}
