using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

/// <summary>Of many thin slices only as many are looked at as are needed to find the reference's level.</summary>
public sealed class ThinSlicesTests
{
    private const double Spacing = 1.6;
    private static readonly Reference Known = SyntheticHead.Reference();

    [Theory, InlineData(0.2, 5), InlineData(0.34, 2), InlineData(0.6, 1), InlineData(5, 1)]
    public void One_a_millimetre_is_looked_at_and_those_around_the_best(double apart, int step)
    {
        var read = 0;
        var count = Math.Min(61, (int)(24 / apart));

        var volume = Head(count, apart, () => Interlocked.Increment(ref read));
        var choice = new SliceChooser(Known).Choose(volume);

        var grid = Enumerable.Range(0, count).Where(i => i % step == 0 || i == count - 1);
        Assert.Equal(grid.Append(choice.Index).Distinct().Order(), choice.Levels.Select(level => level.Index));
        Assert.InRange(Math.Abs(volume.Height(choice.Index)), 0, Math.Max(1, apart));
        Assert.True(read <= 2 * (choice.Levels.Count + 2 * step), $"{read} readings of {count} slices");
    }

    [Fact]
    public void Every_one_of_them_over_the_brain_is_translated_where_all_are_wanted()
    {
        var prepared = Preprocessor.Prepare(Head(41, 0.4, () => { }), Known, GreyRange.Brain);

        Assert.InRange(prepared.Choice!.Levels.Count, 21, 22);
        Assert.Equal(Enumerable.Range(-20, 41).Select(i => 0.4 * i), BrainStack.Of(prepared).Select(slice => slice.Source.Position.Z));
    }

    /// <summary>Around the reference's level, 0; each slice is drawn whenever it is read.</summary>
    private static Volume Head(int count, double apart, Action read) => new(Enumerable.Range(0, count).Select(i =>
    {
        var z = apart * (i - count / 2);
        var slice = SyntheticHead.Slice(new Image(1, 1), Spacing, z);
        return new VolumeSlice(160, 160, () =>
        {
            read();
            return SyntheticHead.Draw(
                160, 160, AffineTransform2D.Similarity(0, Spacing, 80, 80).Then(AffineTransform2D.Translation(-80, -80)), level: z);
        })
        {
            Position = slice.Position,
            RowDirection = slice.RowDirection,
            ColumnDirection = slice.ColumnDirection,
            RowSpacing = Spacing,
            ColumnSpacing = Spacing,
        };
    }));
}
