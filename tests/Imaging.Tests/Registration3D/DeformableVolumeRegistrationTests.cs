using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

public sealed class DeformableVolumeRegistrationTests
{
    [Fact]
    public void A_head_that_is_bent_is_found_without_folds_and_the_way_back_too()
    {
        var head = PhantomHead.Volume;
        var truth = Bend(head, 4);
        var moving = VolumeResampler.Trilinear(
            PhantomHead.Seen(AffineTransform3D.Identity, 0.02, seed: 3), head, AffineTransform3D.Identity, 0, truth.Inverse());

        var result = DeformableVolumeRegistration.Register(head, moving, AffineTransform3D.Identity);

        var inside = Enumerable.Range(0, head.Voxels.Length).Where(i => head.Voxels[i] > 0.05).ToArray();
        Assert.InRange(inside.Average(i => (Vector(truth, i) - Vector(result.Field, i)).Length), 0, 0.5);
        Assert.InRange(inside.Average(i => Vector(truth, i).Length), 3, 4);
        var (smallest, largest, folded) = result.Field.Jacobians();
        Assert.True(smallest >= 0.2 && largest <= 5 && folded == 0, $"{smallest} {largest} {folded}");
        var (mean, most) = result.Field.InverseError(result.Field.Inverse());
        Assert.True(mean <= 0.02 && most <= 0.1, $"{mean} {most}");
        Assert.True(result.CorrelationAfter > result.CorrelationBefore);
    }

    [Fact]
    public void The_field_and_the_linear_map_together_lead_into_the_moving_patient()
    {
        var head = PhantomHead.Volume;
        var linear = AffineTransform3D.Rotation(new(0.1, 0.2, -0.1), new(0, 2, 8)) with { Origin = new(3, -4, 5) };
        var moving = PhantomHead.Seen(linear.Invert(), noise: 0.01, seed: 4);

        var result = DeformableVolumeRegistration.Register(head, moving, linear, new() { Levels = [(2, 4, 10)] });

        var moved = VolumeResampler.Trilinear(moving, head, result.FixedToMoving, 0, result.Field);
        var voxel = new Vector3D(38, 41, 36);
        Assert.Equal(
            VolumeResampler.At(moving, moving.ToPatient.Invert().Apply(result.ToMoving(head, voxel)), 0), moved[38, 41, 36], 1e-3f);
        Assert.InRange((result.ToMoving(head, voxel) - linear.Apply(head.ToPatient.Apply(voxel))).Length, 0, 1.5);
    }

    [Fact]
    public void Where_heads_differ_too_much_the_lattice_gives_way_before_it_folds()
    {
        var head = VolumeReduction.Blocks(PhantomHead.Volume, 2, 2, 2);
        var other = VolumeResampler.Trilinear(head, head, AffineTransform3D.Identity with { Origin = new(15, -12, 20) }, 0, Bend(head, 3));
        var result = DeformableVolumeRegistration.Register(
            head, other, AffineTransform3D.Identity, new() { Levels = [(1, 4, 10), (1, 2, 5)], Stiffness = 0.1, Tension = 0.001 });
        var (smallest, largest, folded) = result.Field.Jacobians();
        Assert.True(smallest >= 0.2 && largest <= 5 && folded == 0, $"{smallest} {largest} {folded}");
        var (mean, most) = result.Field.InverseError(result.Field.Inverse());
        Assert.True(mean <= 0.02 && most < 1, $"{mean} {most}");
    }

    [Fact]
    public void A_field_that_leaves_the_grid_is_undone_on_all_of_it()
    {
        var field = new DisplacementField3D(32, 30, 28);
        for (var i = 0; i < field.X.Length; i++)
        {
            var (x, y, z) = (i % 32, i / 32 % 30, i / (32 * 30));
            (field.X[i], field.Y[i], field.Z[i]) = (1.5f * (x - 16), -0.7f * (y - 15), 9 + 3 * MathF.Sin(z / 4f));
        }
        var (mean, most) = field.InverseError(field.Inverse());
        Assert.True(mean <= 0.002 && most <= 0.01, $"{mean} {most}");
    }

    [Fact]
    public void The_number_of_threads_changes_not_one_bit()
    {
        var head = VolumeReduction.Blocks(PhantomHead.Volume, 2, 2, 2);
        var moving = VolumeResampler.Trilinear(head, head, AffineTransform3D.Identity, 0, Bend(head, 2));
        var fields = ((int[])[1, 2, 3]).Select(threads => DeformableVolumeRegistration.Register(
            head, moving, AffineTransform3D.Identity,
            new() { Levels = [(2, 4, 4), (1, 4, 3), (1, 2, 2)], Threads = threads }).Field).ToArray();
        Assert.All(
            fields, field => Assert.True(field.Axes.Zip(fields[0].Axes).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))));
    }

    private static Vector3D Vector(DisplacementField3D field, int i) => new(field.X[i], field.Y[i], field.Z[i]);

    /// <summary>A few smooth waves, voxels.</summary>
    private static DisplacementField3D Bend(VoxelVolume grid, double amplitude)
    {
        var field = new DisplacementField3D(grid.Width, grid.Height, grid.Depth);
        for (var i = 0; i < grid.Voxels.Length; i++)
        {
            var (x, y, z) = (i % grid.Width, i / grid.Width % grid.Height, i / (grid.Width * grid.Height));
            field.X[i] = (float)(amplitude * Math.Sin(y / 14.0 + 1) * Math.Cos(z / 17.0));
            field.Y[i] = (float)(amplitude * Math.Sin(z / 15.0 + 2) * Math.Cos(x / 16.0));
            field.Z[i] = (float)(amplitude * Math.Sin(x / 13.0 + 3) * Math.Cos(y / 18.0));
        }
        return field;
    }
}
