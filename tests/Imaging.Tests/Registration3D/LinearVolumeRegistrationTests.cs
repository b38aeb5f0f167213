using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

public sealed class LinearVolumeRegistrationTests
{
    private static readonly Vector3D Middle = new(0, 2, 8);

    /// <summary>Turns about x, y, z (degrees, at most 60 together), shift along x (mm, half of it back along y), scale.</summary>
    public static TheoryData<double, double, double, double, double> CaptureRange => new()
    {
        { 0, 0, 0, 0, 1 },
        { 60, 0, 0, 36, 1 },
        { 0, 60, 0, -27, 0.8 },
        { 0, 0, -60, 36, 1.25 },
        { 35, -35, 33, -36, 0.9 },
        { -40, 20, 38, 22, 1.2 },
    };

    [Theory, MemberData(nameof(CaptureRange))]
    public void A_head_that_is_turned_shifted_and_scaled_is_found(double x, double y, double z, double shift, double scale)
    {
        var truth = Map(new(x, y, z), shift, scale);
        var result = LinearVolumeRegistration.Register(PhantomHead.Volume, PhantomHead.Seen(truth.Invert(), noise: 0.02, seed: 5));

        Assert.InRange(WorstError(result.FixedToMoving, truth), 0, 1);
        Assert.True(result.NccAfter > 0.5 && result.NccAfter >= result.NccBefore, $"{result.NccAfter}");
    }

    [Fact]
    public void Three_scales_are_found_where_no_more_is_asked()
    {
        var truth = AffineTransform3D.About(Middle, new(0.92, 0, 0), new(0, 1.1, 0), new(0, 0, 1.03), new(4, 5, -6))
            .Then(AffineTransform3D.Rotation(new(0.1, -0.2, 0.15), Middle));
        var result = LinearVolumeRegistration.Register(
            PhantomHead.Volume, PhantomHead.Seen(truth.Invert(), noise: 0.02, seed: 6), new() { ThreeScalesOnly = true });
        Assert.InRange(WorstError(result.FixedToMoving, truth), 0, 1);
    }

    [Fact]
    public void A_head_whose_header_is_lost_is_found_lying_any_way()
    {
        var cube = AffineTransform3D.About(Middle, new(0, 0, -1), new(-1, 0, 0), new(0, 1, 0), default);
        var truth = Map(new(12, -9, 20), 15, 1.05).Then(cube);
        var result = LinearVolumeRegistration.Register(
            PhantomHead.Volume, PhantomHead.Seen(truth.Invert(), noise: 0.02, seed: 7), new() { AnyOrientation = true });
        Assert.InRange(WorstError(result.FixedToMoving, truth), 0, 1);
    }

    [Fact]
    public void Thick_tilted_slices_on_a_grid_of_their_own_are_found()
    {
        var truth = Map(new(5, 10, -8), 12, 0.95);
        var seen = PhantomHead.Seen(truth.Invert(), noise: 0.02, seed: 8);
        var (sin, cos) = Math.SinCos(0.3);
        var slab = new VoxelVolume(120, 110, 26, new(new(1.9, 0, 0), new(0, 2.1 * cos, -2.1 * sin), new(0, 0, 6), new(-115, -110, -50)));
        var moving = VolumeResampler.Trilinear(seen, slab, AffineTransform3D.Identity, outside: 0);
        var result = LinearVolumeRegistration.Register(PhantomHead.Volume, moving);
        Assert.InRange(WorstError(result.FixedToMoving, truth), 0, 1.5);
    }

    [Fact]
    public void The_number_of_threads_changes_not_one_bit()
    {
        var moving = PhantomHead.Seen(Map(new(9, 8, 7), 5, 1.1).Invert(), noise: 0.02, seed: 9);
        var results = ((int[])[1, 2, 3]).Select(
            threads => LinearVolumeRegistration.Register(PhantomHead.Volume, moving, new() { Levels = [8, 4], Threads = threads }));
        Assert.Single(results.Distinct());
    }

    private static AffineTransform3D Map(Vector3D degrees, double shift, double scale) => AffineTransform3D.Rotation(
        degrees * (Math.PI / 180), Middle)
        .Then(AffineTransform3D.About(Middle, new(scale, 0, 0), new(0, scale, 0), new(0.03, 0, scale), new(shift, -shift / 2, shift / 4)));

    /// <summary>Over the corners of a box as large as the head, mm.</summary>
    private static double WorstError(AffineTransform3D found, AffineTransform3D truth) => Enumerable.Range(0, 8)
        .Select(i => new Vector3D(i % 2 == 0 ? -60 : 60, i / 2 % 2 == 0 ? -75 : 75, i / 4 == 0 ? -50 : 60))
        .Max(p => (found.Apply(p) - truth.Apply(p)).Length);
}
