using Gateway.Imaging.Tests;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Which stack of a series is translated, and what is said of the others.</summary>
public sealed class StackChooserTests
{
    private const int Size = 16;
    private static readonly StackChooser Chooser = new(new EligibilityRules(ShippedModalities.Table));

    [Fact]
    public void The_T2_echo_is_chosen_and_the_other_is_set_aside_with_its_reason()
    {
        var choice = Choose(SeveralStacks.DualEcho(Size));

        Assert.Equal(Shipped.T2ToCt, choice.Verdict.Direction);
        Assert.Equal(24, choice.Sources.Count);
        Assert.All(choice.Sources, source => Assert.Equal("100", source.Header().GetString(DicomTag.EchoTime)));
        var aside = Assert.Single(choice.SetAside);
        Assert.Equal("set-aside", aside.Code);
        Assert.StartsWith("24 images (echo time 15 ms", aside.Text, StringComparison.Ordinal);
        Assert.Contains("TE 15 ms and TR 4500 ms are not T2 weighting", aside.Text, StringComparison.Ordinal);
        Assert.StartsWith("24 images (echo time 100 ms", choice.Words, StringComparison.Ordinal);
    }

    [Theory, InlineData("H30s", "H70h"), InlineData("H70h", "H30s"), InlineData("BONE", "STANDARD")]
    public void The_soft_kernel_is_chosen_whichever_came_first_and_the_other_is_named(string first, string second)
    {
        var series = SeveralStacks.OneSeries(
            [.. Of(PhantomKind.HeadCt, DicomTag.ConvolutionKernel, first), .. Of(PhantomKind.HeadCt, DicomTag.ConvolutionKernel, second)]);

        var choice = Choose(series);

        Assert.Equal(24, choice.Sources.Count);
        Assert.All(
            choice.Sources, source => Assert.Contains(
                source.Header().GetString(DicomTag.ConvolutionKernel), (string[])["H30s", "STANDARD"]));
        Assert.Contains("could be translated as well", Assert.Single(choice.SetAside).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_eligible_stacks_that_with_most_slices_is_chosen_and_of_those_the_earliest()
    {
        var (short1, long1, long2) =
            (Of(PhantomKind.HeadCt, DicomTag.FrameOfReferenceUID, "1.2.1").Take(12), Of(
                PhantomKind.HeadCt, DicomTag.FrameOfReferenceUID, "1.2.2"), Of(PhantomKind.HeadCt, DicomTag.FrameOfReferenceUID, "1.2.3"));
        foreach (var (images, time) in new[] { (short1, "101500"), (long1, "101700"), (long2, "101600") })
            foreach (var image in images)
                image.AddOrUpdate(DicomTag.AcquisitionTime, time);
        List<DicomDataset> series = [.. short1, .. long1, .. long2];
        foreach (var (index, image) in series.Index())
            image.AddOrUpdate(DicomTag.SOPInstanceUID, $"1.2.7.{index + 1}");

        var choice = Choose(series);

        Assert.Equal(24, choice.Sources.Count);
        Assert.All(choice.Sources, source => Assert.Equal("1.2.3", source.Header().GetString(DicomTag.FrameOfReferenceUID)));
        Assert.Contains("could be translated as well", Assert.Single(choice.SetAside).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_without_an_eligible_stack_has_the_reasons_of_each()
    {
        var series = SeveralStacks.OneSeries(
            [.. Of(PhantomKind.T2, DicomTag.EchoTime, "15"), .. Of(PhantomKind.T2, DicomTag.InversionTime, "2200")]);

        var verdict = Choose(series).Verdict;

        Assert.Equal(["inversion-recovery", "not-t2-weighted"], verdict.Reasons.Select(reason => reason.Code).Order());
        Assert.All(verdict.Reasons, reason => Assert.StartsWith("24 images (echo time ", reason.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Many_stacks_with_one_reason_are_told_in_one_sentence()
    {
        List<DicomDataset> scouts = [
            .. Enumerable.Range(0, 30).Select(
                i => SeveralStacks.Images(PhantomKind.T2, Size, slices: 1)[0].AddOrUpdate(DicomTag.FrameOfReferenceUID, $"1.2.{i + 1}")
                    .AddOrUpdate(DicomTag.SOPInstanceUID, $"1.3.{i + 1}"))];

        var reason = Assert.Single(Choose(scouts).Verdict.Reasons);

        Assert.Equal("too-few-slices", reason.Code);
        Assert.Contains("; and 27 stacks more: ", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_synthetic_image_spoils_the_whole_series_whichever_stack_it_is_in()
    {
        var series = SeveralStacks.DualEcho(Size);
        series[4].AddOrUpdate(DicomTag.SyntheticData, "YES");

        Assert.Equal("synthetic", Assert.Single(Choose(series).Verdict.Reasons).Code);
    }

    [Fact]
    public void Images_of_two_patients_are_never_told_apart_as_stacks()
    {
        var series = SeveralStacks.DualEcho(Size);
        foreach (var proton in series.Where((_, i) => i % 2 == 0))
            proton.AddOrUpdate(DicomTag.PatientID, "ANOTHER");

        var choice = Choose(series);

        Assert.Empty(choice.Sources);
        Assert.Contains(
            choice.Verdict.Reasons, reason => reason.Code == "mixed-series"
                && reason.Text.Contains("Patient ID", StringComparison.Ordinal));
    }

    [Fact]
    public void What_lies_among_diffusion_weighted_images_is_no_T2_series()
    {
        var series = SeveralStacks.OneSeries(
            [.. Of(PhantomKind.T2, DicomTag.AcquisitionNumber, "1"), .. Of(PhantomKind.T2, DicomTag.AcquisitionNumber, "2")]);
        foreach (var image in series.Skip(24))
            image.AddOrUpdate(DicomTag.DiffusionBValue, 1000.0);

        Assert.All(Choose(series).Verdict.Reasons, reason => Assert.Equal("diffusion", reason.Code));
    }

    [Theory, InlineData(0, true), InlineData(1, false)]
    public void Short_pixel_data_count_where_they_are(int image, bool eligible)
    {
        var sources = SeveralStacks.DualEcho(Size).ConvertAll(SeveralStacks.Source);
        sources[image] = sources[image] with { PixelDataShort = true };

        Assert.Equal(eligible, Chooser.Choose(sources).Verdict.IsEligible);
    }

    [Fact]
    public void The_translation_uses_what_the_decision_chose_in_any_order()
    {
        var sources = SeveralStacks.DualEcho(Size).ConvertAll(SeveralStacks.Source).ToArray();
        var decided = Chooser.Choose(sources);
        new Random(1).Shuffle(sources);

        var used = Chooser.Choose(sources, Shipped.T2ToCt);

        Assert.Equal(
            decided.Sources.Select(source => source.SopInstanceUid).Order(), used.Sources.Select(source => source.SopInstanceUid).Order());
        Assert.Equal((decided.Words, SourceSet.Digest(decided.Sources)), (used.Words, SourceSet.Digest(used.Sources)));
    }

    [Fact]
    public void Of_an_enhanced_image_the_frames_are_chosen_and_their_numbers_are_part_of_its_digest()
    {
        var source = SeveralStacks.Source(SeveralStacks.EnhancedDualEcho(Size));

        var choice = Chooser.Choose([source]);

        var used = Assert.Single(choice.Sources);
        Assert.Equal(Enumerable.Range(1, 24).Select(i => 2 * i), used.Frames);
        Assert.NotEqual(SourceSet.Digest([source]), SourceSet.Digest(choice.Sources));
    }

    private static StackChoice Choose(List<DicomDataset> series) => Chooser.Choose(series.ConvertAll(SeveralStacks.Source));

    private static List<DicomDataset> Of(PhantomKind kind, DicomTag tag, string value) =>
        SeveralStacks.Images(kind, Size).ConvertAll(image => image.AddOrUpdate(tag, value));
}
