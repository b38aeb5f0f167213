using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

public sealed class BrainStackTests
{
    private const double Spacing = 0.8;

    private static readonly Reference Known = SyntheticHead.Reference();

    private static readonly AffineTransform2D ToHead =
        AffineTransform2D.Similarity(-9, Spacing, 160, 160).Then(AffineTransform2D.Translation(-165, -158));

    [Fact]
    public void The_neck_is_left_out_and_nothing_between_the_lowest_and_the_uppermost_slice_is()
    {
        var stack = Stack(Head(-10, 10, 15));

        Assert.Equal(Enumerable.Range(-5, 12).Select(i => 15.0 * i), stack.Select(slice => slice.Source.Position.Z));
    }

    [Fact]
    public void Slices_shifted_against_each_other_as_a_tilted_gantry_does_come_to_lie_one_over_the_other()
    {
        var (straight, shifted) = (Stack(Head(-4, 4, 5)), Stack(Head(-4, 4, 5, shiftPerSlice: 3)));

        foreach (var (a, b) in straight.Zip(shifted))
            Assert.InRange(a.Input().Zip(b.Input(), (x, y) => Math.Abs(x - y)).Average(), 0, 0.005);
    }

    [Fact]
    public void What_was_prepared_lands_on_its_own_slice_again()
    {
        foreach (var slice in Stack(Head(-4, 4, 5, shiftPerSlice: 2)))
        {
            var (restored, source) = (slice.Restore(slice.Input(), outside: -1), slice.Source.Image);
            var ncc = ImageMetrics.Ncc(new(source.Width, source.Height, restored), source);
            Assert.True(ncc > 0.98, $"NCC {ncc} at {slice.Source.Position.Z} mm");
        }
    }

    [Fact]
    public void The_chosen_slice_goes_the_same_way_alone_and_among_its_neighbours()
    {
        var chosen = Preprocessor.Prepare(Head(-4, 4, 5), Known, GreyRange.Brain);

        Assert.Same(chosen.Slice, Assert.Single(BrainStack.Of(chosen), slice => slice.Source == chosen.Slice.Source));
        var carried = chosen.Slice.Neighbour(chosen.Slice.Head, new(chosen.Slice.Map.Linear));
        Assert.Equal(chosen.Input, carried.Input());
    }

    [Fact]
    public void A_slice_without_a_head_says_so()
    {
        var air = SyntheticHead.Slice(new Image(320, 320), Spacing, z: 40);

        var stack = Stack(new([.. Head(-4, 4, 5), air]));

        Assert.False(stack[^1].HoldsHead);
        Assert.All(stack.SkipLast(1), slice => Assert.True(slice.HoldsHead));
        Assert.All(stack[^1].Empty(-1000), value => Assert.Equal(-1000, value));
    }

    private static IReadOnlyList<MappedSlice> Stack(Volume volume) =>
        BrainStack.Of(Preprocessor.Prepare(volume, Known, GreyRange.Brain));

    /// <summary>Slices from below the reference's level, 0, to above it.</summary>
    /// <param name="shiftPerSlice">Pixels by which each slice's matrix begins further left than that of the one below.</param>
    private static Volume Head(int from, int to, int step, int shiftPerSlice = 0) => new(Enumerable.Range(from, to - from + 1).Select(i =>
    {
        var shift = shiftPerSlice * i;
        var image = SyntheticHead.Draw(320, 320, AffineTransform2D.Translation(-shift, 0).Then(ToHead), level: step * i);
        var slice = SyntheticHead.Slice(image, Spacing, z: step * i);
        return new VolumeSlice
        {
            Image = image,
            Position = slice.Position - (slice.RowDirection * (shift * Spacing)),
            RowDirection = slice.RowDirection,
            ColumnDirection = slice.ColumnDirection,
            RowSpacing = Spacing,
            ColumnSpacing = Spacing,
        };
    }));
}
