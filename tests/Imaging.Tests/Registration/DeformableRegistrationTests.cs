using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests.Registration;

public sealed class DeformableRegistrationTests
{
    private static DeformableOptions Preset(string name) => name == "full" ? DeformableOptions.Full : DeformableOptions.Fast;

    [Theory]
    [InlineData(1, "full")]
    [InlineData(2, "full")]
    [InlineData(3, "fast")]
    public void A_warped_head_is_found_to_half_a_millimetre_without_folds(int seed, string preset)
    {
        var head = new WarpedHead((ulong)seed, RandomWarp.Sample(seed));
        var linear = new LinearRegistration(head.Fixed, head.Mask).Register(head.MovingHead);
        var moved = Resampler.Bilinear(head.MovingHead.Normalised, linear.ReferenceToSource, WarpedHead.Side, WarpedHead.Side, outside: 0);
        var field = new DeformableRegistration(head.Fixed, Preset(preset)).Register(moved);

        (double X, double Y) Map(double x, double y)
        {
            var (px, py) = field.Apply(x, y);
            return linear.ReferenceToSource.Apply(px, py);
        }
        Assert.InRange(head.Error(Map), 0, 0.5);
        Assert.True(head.Error(linear.ReferenceToSource.Apply) > 1, "the affine map alone would do: the case is too easy");
        Assert.InRange(head.Dice(Map), 0.97, 1);
        Assert.All(field.Jacobian().Pixels, area => Assert.InRange(area, 0.2f, 5f));
    }

    [Fact]
    public void A_picture_stays_where_it_is_on_itself()
    {
        var head = new WarpedHead(4, RandomWarp.Sample(4), spoil: false);
        var field = new DeformableRegistration(head.Fixed, DeformableOptions.Full).Register(head.Fixed);
        Assert.All(field.X.Concat(field.Y), part => Assert.InRange(part, -1e-3f, 1e-3f));
    }

    [Fact]
    public void The_same_pictures_give_the_same_bits_on_one_thread_and_on_two()
    {
        var heads = Enumerable.Range(5, 2).Select(seed => new WarpedHead((ulong)seed, new(seed, AffineTransform2D.Identity))).ToArray();
        var registration = new DeformableRegistration(heads[0].Fixed, DeformableOptions.Fast);
        var alone = heads.Select(head => registration.Register(head.Moving).X).ToArray();
        var together = new float[4][];
        Parallel.For(0, 4, new() { MaxDegreeOfParallelism = 2 }, i => together[i] = registration.Register(heads[i % 2].Moving).X);
        for (var i = 0; i < 4; i++)
            Assert.Equal(alone[i % 2], together[i]);
    }

    [Fact]
    public void Once_warm_a_registration_allocates_its_pyramid_and_its_answer_only()
    {
        var head = new WarpedHead(7, new(7, AffineTransform2D.Identity));
        long Allocated(DeformableOptions options)
        {
            var registration = new DeformableRegistration(head.Fixed, options);
            registration.Register(head.Moving);
            var before = GC.GetAllocatedBytesForCurrentThread();
            registration.Register(head.Moving);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        var (few, many) =
            (DeformableOptions.Fast with { Steps = [1, 1, 1, 1] }, DeformableOptions.Fast with { Steps = [8, 8, 8, 8], Enough = 0 });
        // 28 steps more, each of which would need pictures of 16 to 256 KiB; a collection in between leaves allocation contexts unused.
        Assert.InRange(Allocated(many) - Allocated(few), -65536, 65536);
    }
}
