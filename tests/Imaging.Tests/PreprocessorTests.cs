using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

public sealed class PreprocessorTests
{
    private const double Spacing = 0.8;

    private static readonly Reference Known = SyntheticHead.Reference();

    private static readonly AffineTransform2D ToHead =
        AffineTransform2D.Similarity(-9, Spacing, 160, 160).Then(AffineTransform2D.Translation(-165, -158));

    private static readonly Volume Head = new(Enumerable.Range(-6, 12)
        .Select(i => SyntheticHead.Slice(SyntheticHead.Draw(320, 320, ToHead, level: 5 * i), Spacing, z: 5 * i)));

    [Fact]
    public void The_slice_at_the_references_level_is_chosen_out_of_a_volume()
    {
        var prepared = Preprocessor.Prepare(Head, Known, GreyRange.Brain);
        Assert.Equal(6, prepared.SliceIndex);
        Assert.True(prepared.Choice!.Ncc > prepared.Choice.NccBelow && prepared.Choice.Ncc > prepared.Choice.NccAbove);
        Assert.Empty(prepared.Reasons);
    }

    [Fact]
    public void The_input_fills_minus_one_to_one_inside_the_head_and_is_minus_one_outside()
    {
        var prepared = Preprocessor.Prepare(Head, Known, GreyRange.Brain);
        Assert.All(prepared.Input, value => Assert.InRange(value, -1f, 1f));
        Assert.True(prepared.Input.Max() > 0.99);
        for (var i = 0; i < prepared.Input.Length; i++)
            Assert.True(prepared.Slice.ReferenceMask.Pixels[i] || prepared.Input[i] == -1);
        Assert.True(prepared.Dice > 0.98);
    }

    [Fact]
    public void What_was_prepared_lands_on_the_source_again_within_a_pixel()
    {
        var prepared = Preprocessor.Prepare(Head, Known, GreyRange.Brain);
        var source = prepared.Slice.Source.Image;
        var restored = new Image(source.Width, source.Height, prepared.Slice.Restore(prepared.Registered.Pixels, outside: 0));

        var shifts = new[] { (0, 0), (2, 0), (-2, 0), (0, 2), (0, -2) }
            .Select(step => ImageMetrics.Ncc(Shifted(restored, step.Item1, step.Item2), source, prepared.Slice.SourceMask)).ToArray();
        Assert.True(shifts[0] > 0.98, $"NCC {shifts[0]}");
        Assert.All(shifts.Skip(1), ncc => Assert.True(ncc < shifts[0] - 0.02));
        for (var i = 0; i < source.Pixels.Length; i++)
            Assert.True(prepared.Slice.SourceMask.Pixels[i] || restored.Pixels[i] == 0);
    }

    [Fact]
    public void A_point_of_the_reference_returns_to_where_it_came_from()
    {
        var prepared = Preprocessor.Prepare(Head, Known, GreyRange.Brain);
        foreach (var (x, y) in ((int, int)[])[(128, 128), (100, 80), (150, 170)])
        {
            var spot = new float[Reference.Side * Reference.Side];
            for (var dy = -2; dy <= 2; dy++)
                for (var dx = -2; dx <= 2; dx++)
                    spot[(y + dy) * Reference.Side + x + dx] = 1;
            var restored = prepared.Slice.Restore(spot, outside: 0);
            var weight = restored.Sum();
            var width = prepared.Slice.Source.Image.Width;
            var centre =
                (X: restored.Select((v, i) => v * (i % width)).Sum() / weight, Y: restored.Select((v, i) => v * (i / width))
                    .Sum() / weight);
            var expected = prepared.Slice.Map.ToSource(x, y);
            Assert.Equal(expected.X, centre.X, 0.2);
            Assert.Equal(expected.Y, centre.Y, 0.2);
        }
    }

    [Fact]
    public void A_volume_that_is_not_axial_or_empty_is_named()
    {
        var sagittal = new Volume(Head.Select(slice => new VolumeSlice
        {
            Image = slice.Image,
            Position = slice.Position,
            RowDirection = new(0, 1, 0),
            ColumnDirection = new(0, 0, -1),
            RowSpacing = 1,
            ColumnSpacing = 1,
        }));
        var empty = new Volume([SyntheticHead.Slice(new Image(64, 64), 1)]);
        Assert.Equal("not-axial", Assert.Throws<VolumeException>(() => Preprocessor.Prepare(sagittal, Known, GreyRange.Brain)).Reason.Code);
        Assert.Equal("no-head", Assert.Throws<VolumeException>(() => Preprocessor.Prepare(empty, Known, GreyRange.Brain)).Reason.Code);
    }

    private static Image Shifted(Image image, int dx, int dy) =>
        Resampler.Bilinear(image, AffineTransform2D.Translation(dx, dy), image.Width, image.Height, outside: 0);
}
