using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Scores;

public sealed class TranslationEvaluationTests
{
    private const int Side = 64;

    [Fact]
    public void A_copy_is_perfect_in_all_that_compares_with_the_input_and_so_proves_nothing()
    {
        var scores = new TranslationEvaluation(Slices(), 120).Score(RoundTrip.Copy, TestContext.Current.CancellationToken);
        Assert.Equal(1, scores.SsimCycle, 1e-6);
        Assert.Equal(1, scores.SsimInputOutput, 1e-6);
        Assert.Equal(1, scores.Retrieval);
        Assert.InRange(scores.SsimCycleDisturbed, 0, 0.97);
    }

    [Fact]
    public void A_constant_picture_is_found_once_in_n()
    {
        var slices = Slices();
        var scores = new TranslationEvaluation(slices, 120).Score(
            RoundTrip.Mean(slices[0].Truth!, slices[0].Source), TestContext.Current.CancellationToken);
        Assert.Equal(1.0 / slices.Count, scores.Retrieval);
        Assert.InRange(scores.SsimCycle, 0, 0.99);
    }

    [Fact]
    public void The_truth_scores_full_marks_and_keeps_the_anatomy()
    {
        var slices = Slices();
        var scores = new TranslationEvaluation(slices, 120).Score(new("truth", Inverted, Inverted), TestContext.Current.CancellationToken);
        Assert.Equal(0, scores.Paired!.Mae, 1e-4);
        Assert.Equal(1, scores.Paired.SsimInside, 1e-6);
        Assert.Equal(1, scores.Retrieval);
    }

    [Fact]
    public void An_error_counts_inside_the_head_only_and_in_the_targets_units()
    {
        // A tenth of the range of 2 off everywhere: 0.1 of 120 HU, where the head is.
        var scores = new TranslationEvaluation(Slices(), 120)
            .Score(new("off", source => Inverted(source).Map(v => v - 0.2f), copy => copy), TestContext.Current.CancellationToken);
        Assert.Equal(12, scores.Paired!.Mae, 0.05);
        Assert.Equal(20, scores.Paired.Psnr, 0.05);
    }

    [Fact]
    public void Without_a_truth_there_are_no_paired_scores()
    {
        var slices = Slices().Select(slice => slice with { Truth = null }).ToList();
        var scores = new TranslationEvaluation(slices, 1).Score(RoundTrip.Copy, TestContext.Current.CancellationToken);
        Assert.Null(scores.Paired);
    }

    [Fact]
    public void The_table_has_a_row_for_each_method_with_the_unit_of_its_error()
    {
        var evaluation = new TranslationEvaluation(Slices(), 120);
        var copy = evaluation.Score(RoundTrip.Copy, TestContext.Current.CancellationToken);
        var direction = ShippedModalities.T2.Direction;
        var table = ScoreTable.Markdown([("heads", direction, 3, copy), ("heads", direction.Reverse, 3, copy)], ShippedModalities.Table);
        Assert.Equal(2, table.Split("copy of the input").Length - 1);
        Assert.Contains(" HU | ", table, StringComparison.Ordinal);
        Assert.Contains(" of 1 | ", table, StringComparison.Ordinal);
    }

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
}
