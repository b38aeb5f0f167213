using System.Text;
using Gateway.Imaging.Tests;
using Gateway.Imaging.Volumes;
using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

public sealed class DerivedFromOddSourcesTests : IDisposable
{
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void What_the_source_lacks_is_written_empty_where_the_standard_wants_it(Direction direction)
    {
        var source = DerivedSources.Handmade(direction).Remove(
            DicomTag.AccessionNumber, DicomTag.StudyID, DicomTag.ReferringPhysicianName, DicomTag.PatientBirthDate, DicomTag.PatientSex,
            DicomTag.StudyTime,
            DicomTag.PositionReferenceIndicator, DicomTag.AcquisitionNumber, DicomTag.SliceThickness, DicomTag.SeriesNumber,
            DicomTag.SeriesDescription,
            DicomTag.FrameOfReferenceUID, DicomTag.BodyPartExamined, DicomTag.Manufacturer, DicomTag.TimezoneOffsetFromUTC,
            DicomTag.SpecificCharacterSet);
        source.AddOrUpdate(DicomTag.PatientName, "A^B").AddOrUpdate(DicomTag.StudyDescription, "x");

        var derived = Write(source, direction);

        DerivedTools.Validate(_sample.Save(derived, "derived.dcm"));
        Assert.Equal("", derived.Dataset.GetString(DicomTag.AccessionNumber));
        Assert.Equal(
            TranslationWorker.Derivation.FrameOfReferenceUid("2.25.1003"), derived.Dataset.GetString(DicomTag.FrameOfReferenceUID));
        Assert.Equal("20261122", derived.Dataset.GetString(DicomTag.ContentDate));
    }

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void A_frame_of_an_enhanced_image_makes_a_single_frame_object_that_names_it(Direction direction)
    {
        var (first, second) =
            (DerivedSources.Handmade(direction), DerivedSources.Handmade(direction)
                .AddOrUpdate(DicomTag.ImagePositionPatient, "-120.50", "-1.10000e+02", "38.3"));
        var enhanced = EnhancedSeries.Of([first, second]);
        var frames = Volume.FromDicom([new(enhanced)])
            .Select(slice => (slice.Header!, Of: Derivation(direction) with { SourceFrame = slice.FrameNumber })).ToList();

        var derived = frames.ConvertAll(frame => Write(frame.Item1, frame.Of));

        DerivedTools.ValidateTogether([.. derived.Select((file, i) => _sample.Save(file, $"derived{i}.dcm"))]);
        foreach (var (file, i) in derived.Select((file, i) => (file, i)))
        {
            DerivedTools.Validate(_sample.Save(file, "derived.dcm"));
            var image = file.Dataset.GetSequence(DicomTag.SourceImageSequence).Items.Single();
            Assert.Equal(i + 1, image.GetSingleValue<int>(DicomTag.ReferencedFrameNumber));
            Assert.Equal(enhanced.GetString(DicomTag.SOPClassUID), image.GetString(DicomTag.ReferencedSOPClassUID));
            Assert.Equal(
                (i == 0 ? first : second).GetString(DicomTag.ImagePositionPatient), file.Dataset.GetString(DicomTag.ImagePositionPatient));
            Assert.False(file.Dataset.Contains(DicomTag.NumberOfFrames));
        }
        Assert.NotEqual(derived[0].Dataset.GetString(DicomTag.SOPInstanceUID), derived[1].Dataset.GetString(DicomTag.SOPInstanceUID));
    }

    [Fact]
    public void Times_are_in_the_studys_own_time_zone()
    {
        var derived = Write(DerivedSources.Handmade(Shipped.T2ToCt), Shipped.T2ToCt).Dataset;

        Assert.Equal("20261123", derived.GetString(DicomTag.SeriesDate));
        Assert.Equal("003015", derived.GetString(DicomTag.ContentTime));
    }

    public static TheoryData<string, string> Descriptions => new()
    {
        { "ISO_IR 100", "ax" },
        { "ISO_IR 100", "A description of the series that is as long as sixty-four letter" },
        { "ISO_IR 192", "Schädel mit 𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷" },
        { "ISO_IR 192", "xSchädel mit 𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷" },
        { @"\ISO 2022 IR 87", "T2 頭部" },
        { "ISO_IR 100", "line\nbreak" },
        { "", "" },
    };

    [Theory, MemberData(nameof(Descriptions))]
    public void The_description_says_synthetic_first_and_fits_whatever_the_source_is_called(string charset, string text)
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt).AddOrUpdate(DicomVR.CS, DicomTag.SpecificCharacterSet, charset);
        foreach (var tag in (DicomTag[])[DicomTag.PatientName, DicomTag.ReferringPhysicianName, DicomTag.StudyDescription])
            source.AddOrUpdate(tag, "plain");
        source.AddOrUpdate(DicomVR.UN, DicomTag.SeriesDescription, Encoding.UTF8.GetBytes(charset == "ISO_IR 192" ? text : ""));
        if (charset != "ISO_IR 192" && !text.Contains('\n', StringComparison.Ordinal)) source.AddOrUpdate(DicomTag.SeriesDescription, text);
        else if (charset != "ISO_IR 192") source.AddOrUpdate(DicomVR.UN, DicomTag.SeriesDescription, Encoding.Latin1.GetBytes(text));
        var received = DicomFile.Open(_sample.Save(new DicomFile(source), "source.dcm")).Dataset;

        var description = DicomFile.Open(_sample.Save(Write(received, Shipped.T2ToCt), "derived.dcm")).Dataset
            .GetString(DicomTag.SeriesDescription);

        Assert.StartsWith("SYNTHETIC CT (AI) from ", description, StringComparison.Ordinal);
        Assert.EndsWith(" - not for diagnosis", description, StringComparison.Ordinal);
        Assert.InRange(description.Length, 40, 64);
        Assert.DoesNotContain('�', description);
        if (text.Length is > 0 and < 8) Assert.Contains($" {text} ", description, StringComparison.Ordinal);
    }
}
