using System.Runtime.InteropServices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

/// <summary>Pixel Padding Value and Range Limit (PS3.3 C.7.5.1.1.2), seen in stored values before they are rescaled.</summary>
public sealed class PixelPaddingTests
{
    private const int Side = 5;
    private const int Tissue = 1060;

    /// <summary>Signed, bits stored, intercept, padding, limit, what fills the corners.</summary>
    [Theory]
    [InlineData(true, 16, 0, -2000, null, -2000)]
    [InlineData(false, 16, -1024, 63536, null, 63536)]
    [InlineData(false, 12, -1024, 63536, null, 63536)]
    [InlineData(false, 12, -1024, 4000, 4095, 4050)]
    [InlineData(false, 12, -1024, 4095, 4000, 4000)]
    [InlineData(true, 12, -1024, -3024, null, -3024)]
    [InlineData(true, 16, 0, 0, 30, 12)]
    public void Padding_around_a_ct_is_air(bool signed, int bits, int intercept, int padding, int? limit, int corner)
    {
        var pixels = Read("CT", signed, bits, intercept, padding, limit, corner);

        Assert.Equal(-1000, pixels[0]);
        Assert.Equal(-1000, pixels[^1]);
        Assert.Equal(Tissue + intercept, pixels[Side * Side / 2]);
    }

    [Fact]
    public void A_value_that_tissue_has_is_tissue_inside_the_picture()
    {
        var pixels = Read("CT", signed: true, bits: 16, intercept: 0, padding: 0, limit: 30, corner: -1000, centre: 12);

        Assert.Equal(12, pixels[Side * Side / 2]);
        Assert.Equal(-1000, pixels[0]);
    }

    [Fact]
    public void Padding_that_no_tissue_has_is_air_wherever_it_lies() =>
        Assert.Equal(
            -1000, Read(
                "CT", signed: false, bits: 16, intercept: -1024, padding: 63536, limit: null, corner: 24, centre: 63536)[Side * Side / 2]);

    [Fact]
    public void Padding_around_an_mr_is_as_dark_as_the_darkest_of_the_rest()
    {
        var pixels = Read("MR", signed: false, bits: 12, intercept: 0, padding: 4095, limit: null, corner: 4095);

        Assert.Equal(100, pixels[0]);
        Assert.Equal(Tissue, pixels[Side * Side / 2]);
    }

    [Fact]
    public void The_bits_count_whichever_representation_the_value_came_under()
    {
        var header = Header("CT", signed: true, bits: 16, intercept: 0, corner: -2000, Tissue)
            .AddOrUpdate(DicomVR.US, DicomTag.PixelPaddingValue, (ushort)63536);

        Assert.Equal(-1000, Volume.FromDicom([new DicomFile(header)])[0].Image.Pixels[0]);
    }

    [Theory, InlineData("-1024,0", -1018f), InlineData("+1.000", 7f)]
    public void An_intercept_is_read_however_it_is_written(string intercept, float expected)
    {
        var header = Header("CT", signed: true, bits: 16, intercept: 0, corner: 6, Tissue).NotValidated()
            .AddOrUpdate(DicomTag.RescaleIntercept, intercept);

        Assert.Equal(expected, Volume.FromDicom([new DicomFile(header)])[0].Image.Pixels[0]);
    }

    [Fact]
    public void An_intercept_that_is_no_number_is_not_taken_for_none()
    {
        var header = Header("CT", signed: true, bits: 16, intercept: 0, corner: 6, Tissue).NotValidated()
            .AddOrUpdate(DicomTag.RescaleIntercept, "none");

        Assert.Equal("pixel-format", Assert.Throws<VolumeException>(() => Volume.FromDicom([new DicomFile(header)])).Reason.Code);
    }

    private static float[] Read(
        string modality, bool signed, int bits, int intercept, int padding, int? limit, int corner, int centre = Tissue)
    {
        var header = Header(modality, signed, bits, intercept, corner, centre);
        void Add(DicomTag tag, int value) =>
            header.AddOrUpdate(signed ? DicomVR.SS : DicomVR.US, tag, $"{(signed ? (short)value : (ushort)value)}");
        Add(DicomTag.PixelPaddingValue, padding);
        if (limit is { } end)
            Add(DicomTag.PixelPaddingRangeLimit, end);
        return Volume.FromDicom([new DicomFile(header)])[0].Image.Pixels;
    }

    /// <summary>Corners of one value, a ring of 100 stored about the centre.</summary>
    private static DicomDataset Header(string modality, bool signed, int bits, int intercept, int corner, int centre)
    {
        var stored = Enumerable.Range(0, Side * Side)
            .Select(i => (ushort)(i == Side * Side / 2 ? centre : i / Side is 0 or Side - 1 ? corner : 100)).ToArray();
        var header = new DicomDataset()
            .Add(DicomTag.SOPInstanceUID, "2.25.1").Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage).Add(DicomTag.Modality, modality)
            .Add(DicomTag.ImagePositionPatient, "0", "0", "0").Add(DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
            .Add(DicomTag.PixelSpacing, "1", "1")
            .Add(DicomTag.RescaleIntercept, (double)intercept).Add(DicomTag.RescaleSlope, "1")
            .Add(DicomTag.SamplesPerPixel, (ushort)1).Add(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTag.Rows, (ushort)Side).Add(DicomTag.Columns, (ushort)Side)
            .Add(DicomTag.BitsAllocated, (ushort)16).Add(DicomTag.BitsStored, (ushort)bits).Add(DicomTag.HighBit, (ushort)(bits - 1))
            .Add(DicomTag.PixelRepresentation, (ushort)(signed ? 1 : 0));
        DicomPixelData.Create(header, true).AddFrame(new MemoryByteBuffer(MemoryMarshal.AsBytes<ushort>(stored).ToArray()));
        return header;
    }
}
