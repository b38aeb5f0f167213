using Gateway.Imaging.Tests;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Header rules: what is for us, and the reason when it is not.</summary>
public sealed class EligibilityRulesTests
{
    private static readonly EligibilityRules Rules = new(ShippedModalities.Table);

    [Theory]
    [InlineData(PhantomKind.T2, "t2-ct")]
    [InlineData(PhantomKind.HeadCt, "ct-t2")]
    public void A_head_of_either_modality_goes_to_the_other(PhantomKind kind, string direction)
    {
        var verdict = Rules.Check(Headers(kind));

        Assert.True(verdict.IsEligible);
        Assert.Equal(direction, verdict.Direction!.Name);
    }

    [Theory]
    [InlineData(PhantomKind.T1, "not-t2-weighted")]
    [InlineData(PhantomKind.ProtonDensity, "not-t2-weighted")]
    [InlineData(PhantomKind.Flair, "inversion-recovery")]
    [InlineData(PhantomKind.ChestCt, "not-head")]
    [InlineData(PhantomKind.ContrastCt, "contrast-agent")]
    public void Another_contrast_or_body_part_is_named(PhantomKind kind, string reason) => Is(reason, Headers(kind));

    [Fact]
    public void Without_echo_and_repetition_time_the_description_decides()
    {
        Assert.True(Rules.Check(Changed("AX T2 TSE")).IsEligible);
        Is("gradient-echo", Changed("AX T2* GRE"));
        Is("inversion-recovery", Changed("AX T2 FLAIR"));
        Is("diffusion", Changed("AX DWI b1000"));
        Is("not-t2-weighted", Changed("AX BRAIN"));

        static List<DicomDataset> Changed(string description) => Headers(PhantomKind.T2, ds => ds
            .Remove(DicomTag.EchoTime, DicomTag.RepetitionTime, DicomTag.ProtocolName)
            .AddOrUpdate(DicomTag.SeriesDescription, description));
    }

    [Fact]
    public void Too_few_tilted_secondary_or_synthetic_slices_are_named()
    {
        Is("too-few-slices", [.. Headers(PhantomKind.T2).Take(CommonRules.MinimumSlices - 1)]);
        Is("not-axial", Headers(PhantomKind.T2, ds => ds.AddOrUpdate(DicomTag.ImageOrientationPatient, "0", "1", "0", "0", "0", "-1")));
        Is("no-orientation", Headers(PhantomKind.T2, ds => ds.Remove(DicomTag.ImageOrientationPatient)));
        Is("secondary-image", Headers(PhantomKind.HeadCt, ds => ds.AddOrUpdate(DicomTag.ImageType, "DERIVED", "SECONDARY", "AXIAL")));
        Is("synthetic", Headers(PhantomKind.HeadCt, ds => ds.AddOrUpdate(DicomTag.SyntheticData, "YES")));
    }

    [Fact]
    public void Derived_but_primary_slices_of_a_scanner_are_welcome() =>
        Assert.True(
            Rules.Check(Headers(PhantomKind.HeadCt, ds => ds.AddOrUpdate(DicomTag.ImageType, "DERIVED", "PRIMARY", "AXIAL"))).IsEligible);

    [Theory]
    [InlineData("dicom/t2_fnndsc_siemens", null)]
    [InlineData("ct/dcm_qa_ct_GE_HiSpeed", null)]
    [InlineData("dicom/mr_t1post_siemens_tcia", "not-t2-weighted")]
    public void Real_series_are_judged_as_a_radiographer_would(string folder, string? reason)
    {
        var path = RealData.Path(folder);
        var headers = Directory.GetFiles(path, "*.dcm").Select(f => DicomFile.Open(f, FileReadOption.SkipLargeTags).Dataset).ToList();

        var verdict = Rules.Check(headers);

        Assert.Equal(reason is null, verdict.IsEligible);
        if (reason is not null)
            Assert.Contains(verdict.Reasons, r => r.Code == reason);
    }

    [Theory]
    [InlineData(PhantomKind.T2, null)]
    [InlineData(PhantomKind.HeadCt, null)]
    [InlineData(PhantomKind.T1, "not-t2-weighted")]
    [InlineData(PhantomKind.ChestCt, "not-head")]
    public void An_enhanced_image_is_judged_like_its_single_frame_twins(PhantomKind kind, string? reason)
    {
        var verdict = Rules.Check([EnhancedSeries.Of(Headers(kind))]);

        Assert.Equal(reason is null, verdict.IsEligible);
        Assert.True(reason is null || verdict.Reasons.Any(r => r.Code == reason));
    }

    [Fact]
    public void What_only_enhanced_images_say_is_heard()
    {
        Is("gradient-echo", [EnhancedSeries.Of(Headers(PhantomKind.T2)).Remove(DicomTag.ScanningSequence)
            .AddOrUpdate(DicomTag.EchoPulseSequence, "GRADIENT")]);
        Is("contrast-agent", [EnhancedSeries.Of(Headers(PhantomKind.HeadCt))
            .AddOrUpdate(new DicomSequence(DicomTag.ContrastBolusAgentSequence, new DicomDataset()))]);
        var inverted = EnhancedSeries.Of(Headers(PhantomKind.T2));
        inverted.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0].AddOrUpdate(
            new DicomSequence(DicomTag.MRModifierSequence, new DicomDataset().AddOrUpdate(DicomTag.InversionRecovery, "YES")));
        Is("inversion-recovery", [inverted]);
        var region = new DicomSequence(DicomTag.AnatomicRegionSequence, new DicomDataset().AddOrUpdate(DicomTag.CodeMeaning, "Chest"));
        var chest = EnhancedSeries.Of(Headers(PhantomKind.T2)).Remove(DicomTag.BodyPartExamined);
        chest.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0]
            .AddOrUpdate(new DicomSequence(DicomTag.FrameAnatomySequence, new DicomDataset().AddOrUpdate(region)));
        Is("not-head", [chest]);
        Is("too-few-slices", [EnhancedSeries.Of([.. Headers(PhantomKind.T2).Take(3)])]);
    }

    private static void Is(string reason, IReadOnlyList<DicomDataset> headers) =>
        Assert.Contains(Rules.Check(headers).Reasons, r => r.Code == reason);

    private static List<DicomDataset> Headers(PhantomKind kind, Action<DicomDataset>? change = null)
    {
        var headers =
            PhantomSeries.Create(new PhantomSeriesOptions { Kind = kind, Seed = 7, Slices = 12, Size = 64, Spacing = 3.6 }).ToList();
        headers.ForEach(change ?? (_ => { }));
        return headers;
    }
}
