using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>No image decides for a series: each is asked, whichever came first.</summary>
public sealed class EveryImageIsAskedTests
{
    private const int Slices = PhantomHeaders.Slices;

    /// <summary>One change of one image, and the reason that it gives the whole series.</summary>
    private static readonly (PhantomKind Kind, string Reason, string Says, Action<DicomDataset> Change)[] Disqualifying =
    [
        (PhantomKind.T2, "synthetic", "1 of 12", ds => ds.AddOrUpdate(DicomTag.SyntheticData, "YES")),
        (PhantomKind.HeadCt, "synthetic", "1 of 12", ds => ds.AddOrUpdate(
            new DicomSequence(DicomTag.ContributingEquipmentSequence, Synthesizer()))),
        (PhantomKind.T2, "sop-class-unsupported", "1 of 12", ds => ds
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage)),
        (PhantomKind.T2, "mixed-series", "SOP Class UID", ds => ds.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)),
        (PhantomKind.HeadCt, "modality-unsupported", "1 of 12", ds => ds.AddOrUpdate(DicomTag.Modality, "PT")),
        (PhantomKind.HeadCt, "modality-unsupported", "1 of 12", ds => ds.Remove(DicomTag.Modality)),
        (PhantomKind.HeadCt, "mixed-series", "Modality differs: 11 images, 1 image.", ds => ds.AddOrUpdate(DicomTag.Modality, "PT")),
        (PhantomKind.T2, "secondary-image", "1 of 12", ds => ds.AddOrUpdate(DicomTag.ImageType, "DERIVED", "SECONDARY", "OTHER")),
        (PhantomKind.HeadCt, "mixed-series", "Image Type value 3", ds => ds
            .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "LOCALIZER")),
        (PhantomKind.T2, "no-orientation", "1 of 12", ds => ds.Remove(DicomTag.ImageOrientationPatient)),
        (PhantomKind.HeadCt, "not-axial", "1 of 12", ds => ds.AddOrUpdate(DicomTag.ImageOrientationPatient, "0", "1", "0", "0", "0", "-1")),
        (PhantomKind.HeadCt, "mixed-series", "1 of 12 images by up to 5 degrees", ds => ds.AddOrUpdate(
            DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "0.996195", "-0.087156")),
        (PhantomKind.T2, "not-head", "1 of 12", ds => ds.AddOrUpdate(DicomTag.BodyPartExamined, "KNEE")),
        (PhantomKind.HeadCt, "not-head", "1 of 12", ds => ds.AddOrUpdate(DicomTag.BodyPartExamined, "CHEST")
            .AddOrUpdate(DicomTag.SeriesDescription, "THORAX").AddOrUpdate(DicomTag.StudyDescription, "CT THORAX")),
        (PhantomKind.HeadCt, "contrast-agent", "1 of 12", ds => ds.AddOrUpdate(DicomTag.ContrastBolusAgent, "ISOVUE 300")),
        (PhantomKind.HeadCt, "contrast-agent", "1 of 12", ds => ds.AddOrUpdate(
            new DicomSequence(DicomTag.ContrastBolusAgentSequence, new DicomDataset().AddOrUpdate(DicomTag.CodeMeaning, "Iohexol")))),
        (PhantomKind.T2, "not-t2-weighted", "TE 15 ms", ds => ds.AddOrUpdate(DicomTag.EchoTime, "15")),
        (PhantomKind.T2, "mixed-series", "Echo Time differs: 11 images 100 ms, 1 image 80 ms.", ds => ds
            .AddOrUpdate(DicomTag.EchoTime, "80")),
        (PhantomKind.T2, "not-t2-weighted", "TR 600 ms", ds => ds.AddOrUpdate(DicomTag.RepetitionTime, "600")),
        (PhantomKind.T2, "mixed-series", "Repetition Time differs: 11 images 4500 ms, 1 image 4000 ms.", ds => ds
            .AddOrUpdate(DicomTag.RepetitionTime, "4000")),
        (PhantomKind.T2, "inversion-recovery", "1 of 12", ds => ds.AddOrUpdate(DicomTag.InversionTime, "2200")),
        (PhantomKind.T2, "inversion-recovery", "1 of 12", ds => ds.AddOrUpdate(DicomTag.SeriesDescription, "AX T2 FLAIR")),
        (PhantomKind.T2, "diffusion", "1 of 12", ds => ds.AddOrUpdate(DicomTag.DiffusionBValue, 1000.0)),
        (PhantomKind.T2, "diffusion", "1 of 12", ds => ds.AddOrUpdate(DicomTag.SeriesDescription, "AX DWI")),
        (PhantomKind.T2, "gradient-echo", "1 of 12", ds => ds.AddOrUpdate(DicomTag.ScanningSequence, "GR")),
        (PhantomKind.T2, "mixed-series", "Scanning Sequence differs: 11 images, 1 image.", ds => ds
            .AddOrUpdate(DicomTag.ScanningSequence, "GR")),
        (PhantomKind.T2, "mixed-series", "Patient ID differs: 11 images, 1 image.", ds => ds
            .AddOrUpdate(DicomTag.PatientID, "SOMEBODY ELSE")),
        (PhantomKind.HeadCt, "mixed-series", "Frame of Reference UID", ds => ds.AddOrUpdate(DicomTag.FrameOfReferenceUID, "1.2.3")),
        (PhantomKind.HeadCt, "mixed-series", "Convolution Kernel", ds => ds.AddOrUpdate(DicomTag.ConvolutionKernel, "H70h")),
        (PhantomKind.T2, "mixed-series", "Rows differs: 11 images 64, 1 image 128.", ds => ds.AddOrUpdate(DicomTag.Rows, (ushort)128)),
        (PhantomKind.T2, "mixed-series", "Pixel Spacing between columns", ds => ds.AddOrUpdate(DicomTag.PixelSpacing, "3.6", "3.5")),
    ];

    public static TheoryData<int> Changes => [.. Enumerable.Range(0, Disqualifying.Length)];

    [Theory]
    [MemberData(nameof(Changes))]
    public void One_image_that_is_not_for_us_keeps_the_series_from_translation_wherever_it_lies(int change)
    {
        var (kind, reason, says, apply) = Disqualifying[change];
        foreach (var place in (int[])[0, 1, Slices / 2, Slices - 1])
        {
            var headers = PhantomHeaders.Of(kind);
            apply(headers[place]);

            var verdict = PhantomHeaders.Rules.Check(headers);

            Assert.False(verdict.IsEligible);
            Assert.Contains(verdict.Reasons, r => r.Code == reason && r.Text.Contains(says, StringComparison.Ordinal));
            Assert.DoesNotContain(verdict.Reasons, r => r.Text.Contains("SOMEBODY", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Where_the_rest_is_a_stack_of_its_own_the_image_is_not_among_what_is_translated(int change)
    {
        var (kind, _, _, apply) = Disqualifying[change];
        foreach (var place in (int[])[0, Slices / 2, Slices - 1])
        {
            var headers = PhantomHeaders.Of(kind);
            apply(headers[place].NotValidated());
            var random = new Random(place);

            var choice = new StackChooser(PhantomHeaders.Rules)
                .Choose([.. headers.OrderBy(_ => random.Next()).Select(SeveralStacks.Source)]);

            Assert.DoesNotContain(choice.Sources, source => source.SopInstanceUid == headers[place].GetString(DicomTag.SOPInstanceUID));
            Assert.Contains(choice.Sources.Count, (int[])[0, Slices - 1]);
        }
    }

    [Fact]
    public void The_order_of_the_images_changes_nothing()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var headers = PhantomHeaders.Of(random.Next(2) == 0 ? PhantomKind.T2 : PhantomKind.HeadCt);
            for (var changes = random.Next(3); changes > 0; changes--)
                Disqualifying[random.Next(Disqualifying.Length)].Change(headers[random.Next(Slices)]);
            var verdict = Text(PhantomHeaders.Rules.Check(headers));

            for (var shuffle = 0; shuffle < 3; shuffle++)
                Assert.Equal(verdict, Text(PhantomHeaders.Rules.Check([.. headers.OrderBy(_ => random.Next())])));
        }
    }

    [Theory]
    [InlineData(PhantomKind.T2)]
    [InlineData(PhantomKind.HeadCt)]
    public void What_scanners_write_differently_on_every_image_is_no_mixture(PhantomKind kind)
    {
        var random = new Random(1);
        var headers = PhantomHeaders.Of(kind);
        for (var i = 0; i < headers.Count; i++)
        {
            var ds = headers[i];
            ds.AddOrUpdate(DicomTag.AcquisitionNumber, $"{1 + (i / 4)}").AddOrUpdate(DicomTag.AcquisitionTime, $"1020{10 + i}");
            ds.AddOrUpdate(DicomTag.SliceThickness, i < 4 ? "4" : "7").AddOrUpdate(DicomTag.WindowCenter, $"{40 + i}");
            ds.AddOrUpdate(DicomTag.KVP, i < 4 ? "140" : "120");
            ds.AddOrUpdate(DicomTag.ImageType, i % 2 == 0 ? "ORIGINAL" : "DERIVED", "PRIMARY", kind == PhantomKind.T2 ? "OTHER" : "AXIAL");
            ds.AddOrUpdate(DicomTag.ImageOrientationPatient, [.. ds.GetValues<decimal>(DicomTag.ImageOrientationPatient).Select(Jittered)]);
            if (kind == PhantomKind.T2)
                ds.AddOrUpdate(DicomTag.EchoTime, 100m + (i % 3 * 0.3m)).AddOrUpdate(DicomTag.RepetitionTime, 4500m + (i % 5 * 8));
            if (i % 3 == 0)
                ds.Remove(
                    DicomTag.PatientID, DicomTag.KVP, DicomTag.ConvolutionKernel, DicomTag.FrameOfReferenceUID, DicomTag.ScanningSequence);
        }

        Assert.Empty(PhantomHeaders.Rules.Check(headers).Reasons);
        Assert.Equal(Slices, new StackChooser(PhantomHeaders.Rules).Choose([.. headers.Select(SeveralStacks.Source)]).Sources.Count);

        decimal Jittered(decimal cosine) => Math.Round(cosine + ((decimal)(random.NextDouble() - 0.5) * 2e-4m), 6);
    }

    [Fact]
    public void A_series_of_many_values_is_told_shortly()
    {
        var headers = PhantomHeaders.Of(PhantomKind.T2);
        for (var i = 0; i < headers.Count; i++)
            headers[i].AddOrUpdate(DicomTag.EchoTime, 80m + (10 * (i / 2)));

        var mixed = Assert.Single(PhantomHeaders.Rules.Check(headers).Reasons);

        Assert.Equal(
            "Echo Time differs: 2 images 100 ms, 2 images 110 ms, 2 images 120 ms, 2 images 130 ms, and 2 values more.", mixed.Text);
    }

    [Fact]
    public void A_series_without_images_is_no_series() =>
        Assert.Equal("no-slices", Assert.Single(PhantomHeaders.Rules.Check([]).Reasons).Code);

    private static DicomDataset Synthesizer() => new(new DicomSequence(
        DicomTag.PurposeOfReferenceCodeSequence, new DicomDataset().AddOrUpdate(DicomTag.CodeValue, "109100")));

    private static string Text(EligibilityVerdict verdict) =>
        $"{verdict.Direction}: {string.Join(" | ", verdict.Reasons.Select(reason => $"{reason.Code} {reason.Text}"))}";
}
