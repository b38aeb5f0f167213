using System.Text;
using Gateway.Imaging.Volumes;
using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

public sealed class DerivedNumbersTests : IDisposable
{
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Numbers_that_break_their_rules_are_written_as_what_they_were_read_as()
    {
        var source = Source(
            (DicomTag.ImagePositionPatient, "-114.7500000000000123\\-112.7500000000000456\\+40.00000000000000000\0"),
            (DicomTag.PixelSpacing, "0,9\\0,9 "),
            (DicomTag.SliceThickness, "5,0\0"), (DicomTag.InstanceNumber, "11.0"), (DicomTag.SeriesNumber, "1.000"),
            (DicomTag.PatientWeight, "heavy "),
            (DicomTag.SliceLocation, "33.30\0"));

        var file = _sample.Save(Write(source, Shipped.T2ToCt), "derived.dcm");

        var derived = DicomFile.Open(file).Dataset;
        DerivedTools.Validate(file);
        Assert.Equal(@"-114.75\-112.75\40", derived.GetString(DicomTag.ImagePositionPatient));
        Assert.Equal(@"0.9\0.9", derived.GetString(DicomTag.PixelSpacing));
        Assert.Equal(("5", "33.3"), (derived.GetString(DicomTag.SliceThickness), derived.GetString(DicomTag.SliceLocation)));
        Assert.Equal(
            ("11", "1001", ""),
            (derived.GetString(DicomTag.InstanceNumber), derived.GetString(DicomTag.SeriesNumber), derived.GetString(
                DicomTag.PatientWeight)));
    }

    [Fact]
    public void So_are_dates_times_codes_and_padded_uids_and_what_means_nothing_is_empty()
    {
        var source = Source(
            (DicomTag.StudyDate, "2024.01.05"), (DicomTag.StudyTime, "10:15:00"), (DicomTag.PatientAge, "45"), (DicomTag.PatientSex, "m "),
            (DicomTag.FrameOfReferenceUID, "1.2.3.4 \0 \0"), (DicomTag.PatientBirthDate, "5.1.1950"));

        var file = _sample.Save(Write(source, Shipped.T2ToCt), "derived.dcm");

        var derived = DicomFile.Open(file).Dataset;
        DerivedTools.Validate(file);
        Assert.Equal(("20240105", "101500"), (derived.GetString(DicomTag.StudyDate), derived.GetString(DicomTag.StudyTime)));
        Assert.Equal(
            ("", "M", ""),
            (derived.GetString(DicomTag.PatientAge), derived.GetString(DicomTag.PatientSex), derived.GetString(DicomTag.PatientBirthDate)));
        Assert.Equal("1.2.3.4\0", Encoding.ASCII.GetString(derived.GetDicomItem<DicomElement>(DicomTag.FrameOfReferenceUID)!.Buffer.Data));
    }

    [Fact]
    public void A_decimal_comma_is_a_point_where_the_geometry_is_read()
    {
        var slice = Volume.FromDicom([new DicomFile(Source((DicomTag.PixelSpacing, "0,9\\0,9 ")))])[0];

        Assert.Equal((0.9, 0.9), (slice.RowSpacing, slice.ColumnSpacing));
    }

    [Theory, InlineData("2147483647"), InlineData("99999999999"), InlineData("x ")]
    public void A_series_number_that_leaves_no_room_for_ours_counts_as_none(string number) =>
        Assert.Equal("1000", Write(Source((DicomTag.SeriesNumber, number)), Shipped.T2ToCt).Dataset.GetString(DicomTag.SeriesNumber));

    [Fact]
    public void Uids_of_the_source_are_copied_as_they_are()
    {
        const string Odd = "1.2.826.0.1.3680043.9.0123.0045";
        var source = Source(
            (DicomTag.SOPInstanceUID, Odd + ".01.007"), (DicomTag.SeriesInstanceUID, Odd + ".01"), (DicomTag.StudyInstanceUID, Odd),
            (DicomTag.FrameOfReferenceUID, Odd + ".02"));

        var derived = DicomFile.Open(_sample.Save(Write(source, Shipped.T2ToCt), "derived.dcm")).Dataset;

        var series = derived.GetSequence(DicomTag.ReferencedSeriesSequence).Items.Single();
        Assert.Equal((Odd, Odd + ".01"), (derived.GetString(DicomTag.StudyInstanceUID), series.GetString(DicomTag.SeriesInstanceUID)));
        Assert.Equal(
            Odd + ".01.007", derived.GetSequence(DicomTag.SourceImageSequence).Items.Single().GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.True(DicomUID.IsValidUid(derived.GetString(DicomTag.SOPInstanceUID)));
    }

    private DicomDataset Source(params (DicomTag Tag, string Bytes)[] values)
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt);
        foreach (var (tag, bytes) in values)
            source.AddOrUpdate(DicomVR.UN, tag, Encoding.ASCII.GetBytes(bytes));
        return DicomFile.Open(_sample.Save(new DicomFile(source), "source.dcm")).Dataset;
    }
}
