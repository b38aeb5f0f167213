using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

public sealed class VolumeTests
{
    private const double Tilt = 0.3;

    [Theory]
    [InlineData(new double[] { 0, 5, 10, 15, 20 }, "")]
    [InlineData(new double[] { 0, 5, 15, 20, 25 }, "1:1")]
    [InlineData(new double[] { 0, 5, 10, 25, 30, 35, 40, 50, 55, 60 }, "2:2 6:1")]
    [InlineData(new double[] { 0, 3, 6, 9, 14, 19, 24, 29 }, "")]
    [InlineData(new double[] { 0, 3, 6, 9, 15, 21, 27 }, "")]
    [InlineData(new double[] { 7 }, "")]
    public void Missing_slices_are_told_from_a_spacing_that_changes(double[] heights, string gaps) =>
        Assert.Equal(gaps, string.Join(' ', Stack(heights, tilt: 0).Gaps.Select(gap => $"{gap.Below}:{gap.Missing}")));

    [Fact]
    public void An_even_tilted_stack_becomes_a_sheared_box_with_every_voxel_where_it_was()
    {
        var volume = Stack([0, 5, 10, 15], Tilt);
        var box = VoxelVolume.Of(volume);
        Assert.Equal((4, 3, 4), (box.Width, box.Height, box.Depth));
        Assert.Equal(5, box.Spacing.Z, 1e-9);
        for (var z = 0; z < 4; z++)
        {
            Assert.Equal(volume[z].Image.Pixels, box.Plane(z));
            Assert.Equal(0, (box.ToPatient.Apply(new(3, 2, z)) - volume[z].ToPatient(3, 2)).Length, 1e-9);
        }
    }

    [Fact]
    public void An_uneven_stack_is_interpolated_where_the_patient_is()
    {
        // Values that are linear in the patient's z: what lies between slices is known.
        var volume = Stack([0, 2, 7, 9, 16], Tilt);
        var box = VoxelVolume.Of(volume);
        Assert.Equal(2, box.Spacing.Z, 1e-9);
        for (var z = 0; z < box.Depth; z++)
            for (var y = 0; y < 2; y++)
                for (var x = 0; x < 3; x++)
                    Assert.Equal(box.ToPatient.Apply(new(x, y, z)).Z, box[x, y, z], 1e-3);
    }

    [Fact]
    public void A_box_in_any_order_becomes_axial_slices_of_the_same_points()
    {
        var random = new Random(5);
        Vector3D[] axes = [new(1.5, 0.1, 0), new(0, 0.2, -2), new(0.1, -3, -0.1)];
        foreach (var order in (int[][])[[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]])
        {
            var box = new VoxelVolume(5, 6, 7, new(axes[order[0]], axes[order[1]], axes[order[2]], new(10, 20, 30)));
            for (var i = 0; i < box.Voxels.Length; i++)
                box.Voxels[i] = random.NextSingle();
            var (slices, back) = (box.ToSlices(), box.ToPatient.Invert());
            Assert.True(slices[0].RowDirection.X > 0.9 && slices[0].ColumnDirection.Y > 0.9 && slices.Height(1) > slices.Height(0));
            foreach (var slice in slices)
            {
                var at = back.Apply(slice.ToPatient(1, 2));
                Assert.Equal(slice.Image[1, 2], box[(int)Math.Round(at.X), (int)Math.Round(at.Y), (int)Math.Round(at.Z)]);
            }
        }
    }

    [Fact]
    public void Maps_of_space_compose_and_invert()
    {
        var map = AffineTransform3D.Rotation(new(0.3, -0.7, 1.1), new(5, 6, 7))
            .Then(new(new(2, 0.1, 0), new(0, 3, 0.2), new(0.3, 0, 4), new(1, 2, 3)));
        var p = new Vector3D(11, -12, 13);
        Assert.Equal(0, (map.Then(map.Invert()).Apply(p) - p).Length, 1e-9);
        Assert.Equal(24, map.Determinant, 0.1);
        Assert.Equal(
            0, (AffineTransform3D.Rotation(new(0, 0, Math.PI / 2), default).Apply(new(1, 0, 0)) - new Vector3D(0, 1, 0)).Length, 1e-9);
    }

    /// <summary>Slices of 4 x 3 pixels whose values are their points' z, moved up along z under a tilted gantry.</summary>
    private static Volume Stack(double[] heights, double tilt)
    {
        var (sin, cos) = Math.SinCos(tilt);
        return new(heights.Select(height =>
        {
            var slice = new VolumeSlice
            {
                Image = new(4, 3),
                Position = new(-1, -2, height),
                RowDirection = new(1, 0, 0),
                ColumnDirection = new(0, cos, -sin),
                RowSpacing = 0.8,
                ColumnSpacing = 0.5,
            };
            for (var i = 0; i < 12; i++)
                slice.Image.Pixels[i] = (float)slice.ToPatient(i % 4, i / 4).Z;
            return slice;
        }));
    }
}
