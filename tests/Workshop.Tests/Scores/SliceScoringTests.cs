using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Scores;

public sealed class SliceScoringTests
{
    private const int Side = 64;

    [Fact]
    public void A_copy_is_perfect_in_all_that_compares_with_the_input_and_so_proves_nothing()
    {
        var scores = Score(RoundTrip.Copy, Slices());
        Assert.All(scores, slice => Assert.Equal(1, slice.Cycle!.Value, 1e-6));
        Assert.All(scores, slice => Assert.Equal(1, slice.InputOutput, 1e-6));
        Assert.All(scores, slice => Assert.InRange(slice.CycleDisturbed!.Value, 0, 0.97));
        Assert.Equal(1, Retrieval(scores));
    }

    [Fact]
    public void A_constant_picture_is_found_once_in_n()
    {
        var slices = Slices();
        var scores = Score(RoundTrip.Mean(slices[0].Truth!, slices[0].Source), slices);
        Assert.Equal(1.0 / slices.Count, Retrieval(scores));
        Assert.InRange(scores.Average(slice => slice.Cycle!.Value), 0, 0.99);
    }

    [Fact]
    public void The_truth_scores_full_marks_and_keeps_the_anatomy()
    {
        var scores = Score(RoundTrip.Of("truth", Inverted, Inverted), Slices());
        Assert.All(scores, slice => Assert.Equal(0, slice.Paired!.Mae, 1e-4));
        Assert.All(scores, slice => Assert.Equal(1, slice.Paired!.SsimInside, 1e-6));
        Assert.Equal(1, Retrieval(scores));
    }

    [Fact]
    public void An_error_counts_inside_the_head_only_and_in_the_targets_units()
    {
        // A tenth of the range of 2 off everywhere: 0.1 of 120 HU, where the head is.
        var scores = Score(RoundTrip.Of("off", source => Inverted(source).Map(v => v - 0.2f), copy => copy), Slices());
        Assert.All(scores, slice => Assert.Equal(12, slice.Paired!.Mae, 0.05));
        Assert.All(scores, slice => Assert.Equal(20, slice.Paired!.Psnr, 0.05));
    }

    [Fact]
    public void What_is_in_the_brain_or_bone_is_only_said_of_pairs_that_know_it()
    {
        var slice = Pair().Slice(T2ToCt);
        var known = Score(RoundTrip.Of("off", _ => slice.Truth!.Map(v => v - 0.2f), copy => copy), [slice])[0];
        Assert.Equal(12, known.Paired!.MaeBrain!.Value, 0.01);
        Assert.Equal(1, known.Paired.Correlation!.Value, 1e-4);
        Assert.All(Score(RoundTrip.Copy, Slices()), slice => Assert.Null(slice.Paired!.MaeBrain));
    }

    [Fact]
    public void Bone_is_read_from_the_wide_picture_where_there_is_one_and_near_the_top_of_the_other()
    {
        var slice = Pair().Slice(T2ToCt);
        var (wide, picture) = (slice.Pair!.Wide!, slice.Truth!);
        var scoring = new SliceScoring(ShippedModalities.Ct, GreyRange.Brain, 1);

        var same = scoring.AgainstTruth(slice, new(picture, wide));
        var saturated = scoring.AgainstTruth(slice, new(picture));
        var fat = scoring.AgainstTruth(slice, new(picture, wide.Map(hu => hu < -200 ? -100 : hu)));
        var soft = scoring.AgainstTruth(slice, new(picture, wide.Map(hu => hu > 90 ? 90 : hu)));

        Assert.Equal((1.0, 0.0, 1.0), (same.BoneDice!.Value, same.BoneError!.Value, same.AirDice!.Value));
        Assert.Equal((1.0, 700.0), (saturated.BoneDice!.Value, Math.Round(saturated.BoneError!.Value)));
        Assert.Null(saturated.AirDice);
        Assert.Equal(0, fat.AirDice);
        Assert.Equal(0, soft.BoneDice);
        var t2 = new SliceScoring(ShippedModalities.T2, GreyRange.Brain, 1).AgainstTruth(Pair().Slice(T2ToCt.Reverse), new(picture));
        Assert.Null(t2.BoneDice);
    }

    [Fact]
    public void Without_a_truth_there_are_no_paired_scores() =>
        Assert.All(Score(RoundTrip.Copy, [.. Slices().Select(slice => slice with { Truth = null })]), slice => Assert.Null(slice.Paired));

    [Fact]
    public void Inside_the_skull_is_the_brain_with_its_blood_and_neither_scalp_nor_orbit()
    {
        var pair = Pair();
        var ct = pair.Pictures[ShippedModalities.Ct.Modality];
        var brain = BrainMask.OfCt(ct, GreyRange.Brain);

        Assert.InRange(brain.Area, 0.95 * Math.PI * 60 * 60, 1.01 * Math.PI * 60 * 60);
        Assert.True(brain[128, 128]);
        Assert.True(brain[100, 128], "dense blood");
        Assert.False(brain[128, 40], "scalp");
        Assert.Equal(0, BrainMask.OfCt(ct.Map(_ => -1), GreyRange.Brain).Area);
    }

    private static Direction T2ToCt => ShippedModalities.T2.Direction;

    private static IReadOnlyList<SliceScores> Score(RoundTrip way, List<HeldOutSlice> slices) =>
        new SliceScoring(ShippedModalities.Ct, GreyRange.Brain, 2).Score(way, slices, slices.Count, TestContext.Current.CancellationToken);

    private static double Retrieval(IReadOnlyList<SliceScores> scores) =>
        MindDescriptor.Retrieval([.. scores.Select(slice => slice.Made)], [.. scores.Select(slice => slice.Source)]);

    private static List<HeldOutSlice> Slices() =>
        [.. new[] { -14.0, 0, 14 }.Select(level => Head(level)).Select((source, i) => new HeldOutSlice($"{i}", source, Inverted(source)))];

    private static Image Head(double level)
    {
        var image = new Image(Side, Side);
        for (var i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = SyntheticHead.At((i % Side - 31.5) * 3.2, (i / Side - 31.5) * 3.2, level) / 1000 * 1.4f - 1;
        return image;
    }

    // Air stays air; the head's greys are turned round and stay well inside the range.
    private static Image Inverted(Image image) => image.Map(v => v <= -1 ? -1 : -0.1f - v);

    // Rings: brain of 60 mm with a bleed, bone of 800 HU, scalp, with a sinus of air in the bone; 256 x 256.
    private static HeldOutPair Pair()
    {
        var hu = new Image(256, 256);
        for (var i = 0; i < hu.Pixels.Length; i++)
        {
            var (x, y) = (i % 256 - 128, i / 256 - 128);
            var radius = Math.Sqrt(x * x + y * y);
            hu.Pixels[i] = radius switch
            {
                < 60 => Math.Abs(x + 28) < 4 && Math.Abs(y) < 4 ? 94 : 20 + 10 * (Math.Abs(x) % 4),
                < 68 => x > 0 && Math.Abs(y) < 5 && radius is > 61 and < 67 ? -900 : 800,
                < 90 => 40,
                _ => -1000,
            };
        }
        var ct = hu.Map(GreyRange.Brain.ToUnit);
        return new()
        {
            Name = "rings",
            Subject = "rings",
            Pictures = new Dictionary<Modality, Image> { [T2ToCt.To] = ct, [T2ToCt.From] = ct.Map(v => v <= -1 ? -1 : -0.8f * v) },
            Wide = hu,
            Brain = BrainMask.OfCt(ct, GreyRange.Brain),
        };
    }
}
