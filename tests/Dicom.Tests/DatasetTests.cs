namespace Gateway.Dicom.Tests;

public class DatasetTests
{
    private readonly DicomDataset _dataset = new();

    [Fact]
    public void A_type_that_does_not_fit_the_vr_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => _dataset.AddOrUpdate(DicomTag.Rows, 512));

    [Fact]
    public void A_tag_in_no_dictionary_needs_its_vr()
    {
        var tag = new DicomTag(0x0029, 0x1001);

        Assert.Throws<DicomDataException>(() => _dataset.AddOrUpdate(tag, "x"));

        Assert.Equal("x", _dataset.AddOrUpdate(DicomVR.LO, tag, "x").GetString(tag));
    }

    [Fact]
    public void Add_refuses_a_tag_that_is_there_and_AddOrUpdate_replaces_it()
    {
        _dataset.Add(DicomTag.PatientID, "1");

        Assert.Throws<ArgumentException>(() => _dataset.Add(DicomTag.PatientID, "2"));
        Assert.Equal("2", _dataset.AddOrUpdate(DicomTag.PatientID, "2").GetString(DicomTag.PatientID));
    }

    [Fact]
    public void Where_the_dictionary_allows_several_vrs_the_type_decides()
    {
        _dataset.Add(DicomTag.SmallestImagePixelValue, (short)-3).Add(DicomTag.LargestImagePixelValue, (ushort)3);

        Assert.Equal(DicomVR.SS, _dataset.GetDicomItem<DicomElement>(DicomTag.SmallestImagePixelValue)!.ValueRepresentation);
        Assert.Equal(DicomVR.US, _dataset.GetDicomItem<DicomElement>(DicomTag.LargestImagePixelValue)!.ValueRepresentation);
    }

    [Theory]
    [InlineData("ImageType", "lower case")]
    [InlineData("StudyDate", "2026-01-01")]
    [InlineData("StudyTime", "25")]
    [InlineData("AcquisitionDateTime", "20261301")]
    [InlineData("SOPInstanceUID", "1.02.3")]
    [InlineData("PixelSpacing", "0.123456789012345678")]
    [InlineData("PixelSpacing", "1,5")]
    [InlineData("SeriesNumber", "99999999999")]
    [InlineData("PatientAge", "42")]
    [InlineData("PatientName", "a^b^c^d^e^f")]
    [InlineData("SeriesDescription", "01234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("AccessionNumber", "12345678901234567")]
    [InlineData("PatientID", "a\nb")]
    [InlineData("SeriesDescription", @"two\values")]
    public void A_value_that_breaks_its_vrs_rules_is_refused_while_building(string keyword, string value)
    {
        var tag = (DicomTag)typeof(DicomTag).GetProperty(keyword)!.GetValue(null)!;

        Assert.Throws<DicomValidationException>(() => _dataset.Add(tag, value));
    }

    [Fact]
    public void Single_values_are_one_and_no_other_number()
    {
        _dataset.Add(DicomTag.PixelSpacing, "1", "2").Add(DicomTag.PatientID, "").Add(DicomTag.Rows, (ushort)7);

        Assert.Throws<DicomDataException>(() => _dataset.GetSingleValue<double>(DicomTag.PixelSpacing));
        Assert.Throws<DicomDataException>(() => _dataset.GetSingleValue<string>(DicomTag.PatientID));
        Assert.Throws<DicomDataException>(() => _dataset.GetSingleValue<string>(DicomTag.PatientName));
        Assert.False(_dataset.TryGetSingleValue<string>(DicomTag.PatientID, out _));
        Assert.Equal("none", _dataset.GetSingleValueOrDefault(DicomTag.PatientID, "none"));
        Assert.True(_dataset.TryGetString(DicomTag.PatientID, out var empty));
        Assert.Equal("", empty);
        Assert.Equal(7, _dataset.GetSingleValue<int>(DicomTag.Rows));
        Assert.Equal("7", _dataset.GetString(DicomTag.Rows));
        Assert.Equal(2.0, _dataset.GetValue<double>(DicomTag.PixelSpacing, 1));
        Assert.Equal(9, _dataset.GetValueOrDefault(DicomTag.PixelSpacing, 2, 9));
        Assert.Equal([1f, 2f], _dataset.GetValues<float>(DicomTag.PixelSpacing));
    }

    [Fact]
    public void Values_come_as_the_types_that_are_asked_for()
    {
        var moment = new DateTime(2026, 11, 22, 13, 14, 15).AddMilliseconds(250);
        _dataset.Add(DicomTag.StudyDate, moment).Add(DicomTag.StudyTime, moment).Add(DicomTag.ContributionDateTime, moment)
            .Add(DicomTag.SOPClassUID, DicomUID.MRImageStorage).Add(DicomTag.TransferSyntaxUID, DicomTransferSyntax.RLELossless)
            .Add(DicomTag.RescaleSlope, 1.0 / 3).Add(DicomTag.FrameIncrementPointer, DicomTag.FrameTime)
            .Add(DicomTag.RealWorldValueSlope, 0.1).Add(DicomTag.PixelRepresentation, (ushort)1)
            .Add(DicomTag.ExtendedOffsetTable, ulong.MaxValue);

        Assert.Equal("20261122", _dataset.GetString(DicomTag.StudyDate));
        Assert.Equal("131415.25", _dataset.GetString(DicomTag.StudyTime));
        Assert.Equal(moment.Date, _dataset.GetSingleValue<DateTime>(DicomTag.StudyDate));
        Assert.Equal(moment.TimeOfDay, _dataset.GetSingleValue<DateTime>(DicomTag.StudyTime).TimeOfDay);
        Assert.Equal(moment, _dataset.GetSingleValue<DateTime>(DicomTag.ContributionDateTime));
        Assert.Equal(DicomUID.MRImageStorage, _dataset.GetSingleValue<DicomUID>(DicomTag.SOPClassUID));
        Assert.Equal(DicomTransferSyntax.RLELossless, _dataset.GetSingleValue<DicomTransferSyntax>(DicomTag.TransferSyntaxUID));
        Assert.Equal("0.33333333333333", _dataset.GetString(DicomTag.RescaleSlope)[..16]);
        Assert.Equal(DicomTag.FrameTime, _dataset.GetSingleValue<DicomTag>(DicomTag.FrameIncrementPointer));
        Assert.Equal(0.1, _dataset.GetSingleValue<double>(DicomTag.RealWorldValueSlope));
        Assert.Equal(PixelRepresentation.Signed, _dataset.GetSingleValue<PixelRepresentation>(DicomTag.PixelRepresentation));
        Assert.Equal(ulong.MaxValue, _dataset.GetValues<ulong>(DicomTag.ExtendedOffsetTable)[0]);
        Assert.Throws<DicomDataException>(() => _dataset.GetSingleValue<int>(DicomTag.SOPClassUID));
    }

    [Fact]
    public void A_copied_decimal_keeps_every_character()
    {
        var source = Samples.Open(Samples.Wrapped([0x28, 0x00, 0x30, 0x00, (byte)'D', (byte)'S', 14, 0, .. " 0.50\\+5.00E-1"u8])).Dataset;

        source.CopyTo(_dataset, DicomTag.PixelSpacing, DicomTag.ImagePositionPatient);

        Assert.Equal(" 0.50\\+5.00E-1"u8.ToArray(), _dataset.GetDicomItem<DicomElement>(DicomTag.PixelSpacing)!.Buffer.Data);
        Assert.False(_dataset.Contains(DicomTag.ImagePositionPatient));
    }

    [Fact]
    public void A_clone_shares_nothing_that_can_change()
    {
        var source = Samples.Image();

        source.Clone().GetSequence(DicomTag.ReferencedSeriesSequence).Items[0].Remove(DicomTag.SeriesInstanceUID);

        Assert.True(source.GetSequence(DicomTag.ReferencedSeriesSequence).Items[0].Contains(DicomTag.SeriesInstanceUID));
    }

    [Fact]
    public void Storage_sop_classes_are_told_apart()
    {
        Assert.True(DicomUID.CTImageStorage.IsImageStorage);
        Assert.Equal(DicomStorageCategory.Image, DicomUID.Parse("1.2.840.10008.5.1.4.1.1.4").StorageCategory);
        Assert.Equal(DicomStorageCategory.StructuredReport, DicomUID.ComprehensiveSRStorage.StorageCategory);
        Assert.Equal(DicomStorageCategory.PresentationState, DicomUID.GrayscaleSoftcopyPresentationStateStorage.StorageCategory);
        Assert.Equal(DicomStorageCategory.None, DicomUID.Verification.StorageCategory);
        Assert.Equal(DicomStorageCategory.None, DicomUID.StorageCommitmentPushModel.StorageCategory);
        Assert.Equal(DicomStorageCategory.Private, DicomUID.Parse("1.2.3").StorageCategory);
        Assert.True(DicomTransferSyntax.Parse("1.2.840.10008.1.2.4.110").IsEncapsulated);
    }

    [Theory, InlineData("00100010"), InlineData("(0010,0010)"), InlineData("0010,0010")]
    public void Tags_are_read_from_text(string text) => Assert.Equal(DicomTag.PatientName, DicomTag.Parse(text));

    [Fact]
    public void Frames_are_counted_as_they_are_added()
    {
        var dataset = Samples.Image();
        var pixels = DicomPixelData.Create(dataset, true);

        pixels.AddFrame(new MemoryByteBuffer(new byte[12]));
        pixels.AddFrame(new MemoryByteBuffer([.. Enumerable.Repeat((byte)7, 12)]));

        Assert.Equal(2, pixels.NumberOfFrames);
        Assert.Equal(7, pixels.GetFrame(1).Data[0]);
        Assert.Throws<DicomDataException>(() => pixels.AddFrame(new MemoryByteBuffer(new byte[11])));
        Assert.Throws<DicomDataException>(() => pixels.GetFrame(2));
    }
}
