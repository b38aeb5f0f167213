using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.References;

namespace Gateway.Workshop.Tests.References;

public sealed class ReferenceBuilderTests
{
    [Fact]
    public void Heads_in_any_pose_average_to_one_that_is_upright_and_centred()
    {
        var random = new Random(6);
        var volumes = Enumerable.Range(0, 5).Select(_ =>
        {
            var pose = AffineTransform2D.Similarity(random.Next(-25, 25), 0.9 + 0.2 * random.NextDouble(), 127.5, 127.5)
                .Then(AffineTransform2D.Translation(-127.5 + random.Next(-15, 15), -127.5 + random.Next(-15, 15)));
            return new Volume([SyntheticHead.Slice(SyntheticHead.Draw(256, 256, pose), 1)]);
        }).ToArray();
        var options = new ReferenceBuildOptions { Profile = ShippedModalities.T2, Iterations = 2, LeastNcc = 0.3 };
        var built = new ReferenceBuilder(options).Build(volumes[0][0], volumes);

        var straight = SyntheticHead.Reference();
        Assert.Equal(5, built.Parameters.Slices);
        Assert.True(ImageMetrics.Dice(built.Mask, straight.Mask) > 0.93);
        var (x, _) = built.Mask.Centroid();
        Assert.Equal(127.5, x, 1.0);
    }

    [Fact]
    public void The_mask_of_a_ct_reference_leaves_the_table_out()
    {
        var reference = new Image(256, 256);
        for (var y = 0; y < 256; y++)
        {
            for (var x = 0; x < 256; x++)
            {
                var radius = Math.Sqrt(Math.Pow((x - 128) / 75.0, 2) + Math.Pow((y - 120) / 92.0, 2));
                reference[x, y] = radius < 0.9 ? 0.45f : radius < 1 || y is >= 222 and < 225 && x is > 60 and < 200 ? 1 : 0;
            }
        }
        var (mask, erosions) = CtMask.Build(reference, 0.8);
        Assert.InRange(erosions, 1, 15);
        Assert.True(mask[128, 120] && mask[128, 30]);
        Assert.False(mask[70, 224] || mask[190, 224]);
        Assert.InRange(mask.Area, Math.PI * 75 * 92, Math.PI * 84 * 101);
    }
}
