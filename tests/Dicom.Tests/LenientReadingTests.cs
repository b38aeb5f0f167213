namespace Gateway.Dicom.Tests;

/// <summary>What PS3.5 section 6.2 demands is asked of what we write, not of what we read or copy.</summary>
public class LenientReadingTests
{
    [Theory, InlineData("0,9", 0.9), InlineData("0.9\0", 0.9), InlineData("+1.50", 1.5), InlineData(" -2,5e1 ", -25)]
    public void Decimal_numbers_are_read_as_devices_write_them(string written, double number)
    {
        Assert.Equal(number, Of(DicomVR.DS, DicomTag.SliceThickness, written).GetSingleValue<double>(DicomTag.SliceThickness));
        Assert.Equal((decimal)number, Of(DicomVR.DS, DicomTag.SliceThickness, written).GetSingleValue<decimal>(DicomTag.SliceThickness));
    }

    [Theory, InlineData("1.234,5"), InlineData("1,2,3"), InlineData("x"), InlineData(",")]
    public void What_could_be_two_numbers_is_none(string written) =>
        Assert.False(Of(DicomVR.DS, DicomTag.SliceThickness, written).TryGetSingleValue<double>(DicomTag.SliceThickness, out _));

    [Theory, InlineData("11.0", 11), InlineData("1.000", 1), InlineData("+7", 7), InlineData("3,0", 3)]
    public void Integers_with_decimals_are_integers(string written, int number) =>
        Assert.Equal(number, Of(DicomVR.IS, DicomTag.InstanceNumber, written).GetSingleValue<int>(DicomTag.InstanceNumber));

    [Theory, InlineData("1.5"), InlineData("NaN"), InlineData("")]
    public void Fractions_are_no_integers(string written) =>
        Assert.False(Of(DicomVR.IS, DicomTag.InstanceNumber, written).TryGetSingleValue<int>(DicomTag.InstanceNumber, out _));

    [Fact]
    public void Uids_with_leading_zeros_are_read_and_copied_but_not_made()
    {
        const string Odd = "1.2.826.0.1.3680043.9.0123";
        var dataset = new DicomDataset().NotValidated().Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
            .Add(DicomTag.SOPInstanceUID, Odd);

        var read = Samples.Open(Samples.Bytes(dataset));

        Assert.Equal(Odd, read.Dataset.GetSingleValue<DicomUID>(DicomTag.SOPInstanceUID).UID);
        Assert.Equal(Odd, new DicomFile(read.Dataset).FileMetaInfo.MediaStorageSOPInstanceUID?.UID);
        Assert.Throws<DicomValidationException>(() => new DicomDataset().Add(DicomTag.SOPInstanceUID, Odd));
    }

    private static DicomDataset Of(DicomVR vr, DicomTag tag, string written) => new DicomDataset().NotValidated().Add(vr, tag, written);
}
