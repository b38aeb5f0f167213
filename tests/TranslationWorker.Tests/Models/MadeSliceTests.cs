using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Phantom;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests.Models;

public sealed class MadeSliceTests
{
    [Theory, InlineData(30, 30), InlineData(-10, -10), InlineData(100, 900), InlineData(-20, -700), InlineData(97, 498.5f)]
    public void The_brain_window_tells_the_brain_and_the_wide_one_what_lies_beyond_it(float narrow, float expected)
    {
        var beyond = narrow > 40 ? 900 : -700;

        Assert.Equal(expected, MadeSlice.Join(narrow, beyond, GreyRange.Brain), 1e-3);
    }

    [Fact]
    public void Where_the_wide_channel_contradicts_the_brain_window_the_values_stay_at_its_ends()
    {
        Assert.Equal(100, MadeSlice.Join(100, 30, GreyRange.Brain));
        Assert.Equal(-20, MadeSlice.Join(-20, 30, GreyRange.Brain));
    }

    [Fact]
    public void There_is_no_step_on_the_way_from_brain_to_bone_or_to_air()
    {
        var values = Enumerable.Range(0, 1201)
            .Select(i => MadeSlice.Join(i / 10f - 20, i > 600 ? 1500 : -1000, GreyRange.Brain)).ToArray();

        Assert.All(values.Zip(values.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 40));
    }

    [Fact]
    public void A_slice_of_two_channels_comes_back_with_bone_and_air_and_unharmed_brain_beside_them()
    {
        var slice = Whole();
        float[] narrow = [.. Each(x => x < 100 ? GreyRange.Brain.ToUnit(35) : 1)];
        float[] wide = [.. Each(x => GreyRange.Wide.ToUnit(x < 100 ? 35 : 1200))];

        var values = new MadeSlice(narrow, wide).OnSource(slice, ShippedModalities.Ct, Facts(GreyRange.Wide));

        var inside = values.Where((_, i) => slice.SourceMask.Pixels[i]).ToArray();
        Assert.Equal(1200, inside.Max(), 30.0);
        Assert.Equal(35, inside.Where(hu => hu < 60).Average(), 0.5);
        Assert.InRange(inside.Min(), 28, 36);
    }

    [Fact]
    public void A_model_of_one_channel_makes_what_it_made()
    {
        var slice = Whole();
        float[] narrow = [.. Each(x => x < 100 ? 0 : 1)];

        var values = new MadeSlice(narrow, null).OnSource(slice, ShippedModalities.Ct, Facts(null));

        Assert.Equal(slice.Restore(Array.ConvertAll(narrow, GreyRange.Brain.FromUnit), -1000), values);
    }

    private static IEnumerable<float> Each(Func<int, float> value) =>
        Enumerable.Range(0, Reference.Side * Reference.Side).Select(i => value(i % Reference.Side));

    private static MappedSlice Whole()
    {
        var head = HeadPhantom.Sample(new PhantomOptions { Seed = 5 }).RenderSlice(8).ToVolumeSlice(ShippedModalities.T2.Modality);
        var reference = new ReferenceCatalog(Options.Create(new ModelOptions()))[ShippedModalities.T2];
        return Preprocessor.Prepare(new(head, ShippedModalities.T2, GreyRange.Brain), 0, reference, GreyRange.Brain).Slice;
    }

    private static ModelFacts Facts(GreyRange? wide) => new()
    {
        Direction = ShippedModalities.T2.Direction,
        Name = "made",
        Version = "1",
        Digest = new('0', 64),
        HuLow = -20,
        HuHigh = 100,
        Wide = wide,
    };
}
