using Gateway.Imaging.Volumes;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

public sealed class DicomVolumeTests
{
    private const string Probe =
        """
        import sys, glob, pydicom, numpy as n
        d = [pydicom.dcmread(f) for f in glob.glob(sys.argv[1] + '/*.dcm')]
        q = [float(v) for v in d[0].ImageOrientationPatient]; w = n.cross(q[:3], q[3:])
        d.sort(key=lambda i: float(n.dot(w if w[2] > 0 else -w, [float(v) for v in i.ImagePositionPatient])))
        for i in d:
            a = i.pixel_array * float(getattr(i, 'RescaleSlope', 1)) + float(getattr(i, 'RescaleIntercept', 0))
            if i.Modality == 'CT' and 'PixelPaddingValue' in i: a[i.pixel_array == i.PixelPaddingValue] = -1000
            print(*i.ImagePositionPatient, *i.PixelSpacing, *i.ImageOrientationPatient, a.min(), a.max(), a.mean(), a[37, 211], a[200, 150])
        """;

    [Theory]
    [InlineData("ct/dcm_qa_ct_GE_HiSpeed", 28)]
    [InlineData("dicom/t2_fnndsc_siemens", 55)]
    public void A_real_series_has_the_geometry_and_values_that_pydicom_sees(string series, int slices)
    {
        var folder = RealData.Path(series);
        var volume = Volume.FromDicom(Directory.GetFiles(folder, "*.dcm").Select(file => DicomFile.Open(file)));
        var ours = volume.SelectMany(s => new[]
        {
            s.Position.X, s.Position.Y, s.Position.Z, s.RowSpacing, s.ColumnSpacing,
            s.RowDirection.X, s.RowDirection.Y, s.RowDirection.Z, s.ColumnDirection.X, s.ColumnDirection.Y, s.ColumnDirection.Z,
            s.Image.Pixels.Min(), s.Image.Pixels.Max(), s.Image.Pixels.Average(v => (double)v), s.Image[211, 37], s.Image[150, 200],
        }).ToArray();
        var expected = Python.Numbers(Probe, folder);
        Assert.Equal(slices, volume.Count);
        Assert.Equal(expected.Length, ours.Length);
        Assert.All(expected.Zip(ours), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * Math.Max(1, Math.Abs(pair.First))));
        Assert.All(volume, slice => Assert.False(string.IsNullOrEmpty(slice.SopInstanceUid)));
    }

    [Theory]
    [InlineData(8, 8, 7, 0, "MONOCHROME2", "MR", new byte[] { 0, 200 }, new float[] { 5, 405 })]
    [InlineData(16, 12, 11, 0, "MONOCHROME2", "MR", new byte[] { 0xFF, 0xFF, 1, 0 }, new float[] { 8195, 7 })]
    [InlineData(16, 12, 11, 1, "MONOCHROME2", "CT", new byte[] { 0xFF, 0x0F, 0, 0x08 }, new float[] { 3, -4091 })]
    [InlineData(16, 12, 15, 1, "MONOCHROME2", "CT", new byte[] { 0xFA, 0xFF, 0x1F, 0x00 }, new float[] { 3, 7 })]
    [InlineData(16, 16, 15, 1, "MONOCHROME1", "CT", new byte[] { 0, 0x80, 10, 0 }, new float[] { -65531, 25 })]
    [InlineData(16, 12, 11, 0, "MONOCHROME1", "MR", new byte[] { 0, 0, 0xFF, 0x0F }, new float[] { 8195, 5 })]
    [InlineData(8, 8, 7, 1, "MONOCHROME1", "MR", new byte[] { 0x80, 0x7F }, new float[] { 259, -251 })]
    public void Stored_bits_become_values(
        int allocated, int stored, int high, int signed, string photometric, string modality, byte[] bytes, float[] expected)
    {
        var header = Header();
        header.AddOrUpdate(DicomTag.Modality, modality).AddOrUpdate(DicomTag.PhotometricInterpretation, photometric)
            .AddOrUpdate(DicomTag.BitsAllocated, (ushort)allocated).AddOrUpdate(DicomTag.BitsStored, (ushort)stored)
            .AddOrUpdate(DicomTag.HighBit, (ushort)high).AddOrUpdate(DicomTag.PixelRepresentation, (ushort)signed)
            .AddOrUpdate(DicomTag.RescaleSlope, 2m).AddOrUpdate(DicomTag.RescaleIntercept, 5m);
        AddPixels(header, 2, 1, bytes);
        Assert.Equal(expected, Volume.FromDicom([new DicomFile(header)])[0].Image.Pixels);
    }

    [Fact]
    public void Big_endian_pixels_are_those_of_their_little_endian_twin()
    {
        using var folder = new TemporaryDirectory();
        var header = Header();
        AddPixels(header, 16, 16, [.. Enumerable.Range(0, 512).Select(i => (byte)(i * 7))]);
        new DicomFile(header).Save(folder.Combine("little.dcm"));
        Tool.Run("dcmconv", "+tb", folder.Combine("little.dcm"), folder.Combine("big.dcm")).Succeeded();
        var (little, big) = (DicomFile.Open(folder.Combine("little.dcm")), DicomFile.Open(folder.Combine("big.dcm")));
        Assert.NotEqual(little.Dataset.InternalTransferSyntax, big.Dataset.InternalTransferSyntax);
        Assert.Equal(Volume.FromDicom([little])[0].Image.Pixels, Volume.FromDicom([big])[0].Image.Pixels);
    }

    [Fact]
    public void Slices_are_ordered_to_the_head_along_the_normal_of_a_tilted_gantry()
    {
        var (sin, cos) = Math.SinCos(0.3);
        var files = ((double[])[40, -10, 7, 5.5]).Select(z =>
        {
            var header = Header().AddOrUpdate(DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, (decimal)cos, (decimal)-sin)
                .AddOrUpdate(DicomTag.ImagePositionPatient, 0m, 0m, (decimal)z);
            AddPixels(header, 4, 4, new byte[32]);
            return new DicomFile(header);
        });
        var volume = Volume.FromDicom(files);
        Assert.Equal([-10, 5.5, 7, 40], volume.Select(slice => slice.Position.Z));
        Assert.Equal((7 - 5.5) * cos, volume.Height(2) - volume.Height(1), 1e-6);
        Assert.Equal(0.3 * 180 / Math.PI, volume[0].AngleFromAxial, 1e-3);
    }

    [Theory]
    [InlineData("no-pixel-data")]
    [InlineData("pixel-data-short")]
    [InlineData("multi-frame")]
    [InlineData("colour")]
    [InlineData("pixel-format")]
    [InlineData("no-geometry")]
    [InlineData("mixed-geometry")]
    [InlineData("duplicate-positions")]
    public void What_is_wrong_with_a_series_is_named(string code)
    {
        var (good, bad) = (Header(), Header().AddOrUpdate(DicomTag.ImagePositionPatient, 0m, 0m, 5m));
        AddPixels(good, 4, 4, new byte[32]);
        AddPixels(bad, 4, 4, [1, .. new byte[31]]);
        _ = code switch
        {
            "no-pixel-data" => bad.Remove(DicomTag.PixelData),
            "pixel-data-short" => bad.AddOrUpdate(DicomTag.Rows, (ushort)5),
            "multi-frame" => bad.AddOrUpdate(DicomTag.NumberOfFrames, 2),
            "colour" => bad.AddOrUpdate(DicomTag.PhotometricInterpretation, "PALETTE COLOR"),
            "pixel-format" => bad.AddOrUpdate(DicomTag.BitsStored, (ushort)17),
            "no-geometry" => bad.Remove(DicomTag.PixelSpacing),
            "mixed-geometry" => bad.AddOrUpdate(DicomTag.PixelSpacing, 0.5m, 0.6m),
            _ => bad.AddOrUpdate(DicomTag.ImagePositionPatient, 0m, 0m, 0m),
        };
        Assert.Equal(code, Assert.Throws<VolumeException>(() => Volume.FromDicom([new(good), new(bad)])).Reason.Code);
    }

    [Theory, InlineData("1E37"), InlineData("-1E37"), InlineData("1E308"), InlineData("3001")]
    public void Images_that_lie_where_no_person_does_form_no_volume(string z)
    {
        var (good, bad) = (Header(), Header().AddOrUpdate(DicomTag.ImagePositionPatient, "0", "0", z));
        AddPixels(good, 4, 4, new byte[32]);
        AddPixels(bad, 4, 4, [1, .. new byte[31]]);

        Assert.Equal(
            "no-geometry", Assert.Throws<VolumeException>(() => Volume.FromDicom([new(good), new(bad)])).Reason.Code);
    }

    [Fact]
    public void An_image_that_was_sent_twice_under_two_names_is_one_slice()
    {
        var (first, twin) = (Header(), Header().AddOrUpdate(DicomTag.SOPInstanceUID, "1.2.3.5"));
        AddPixels(first, 4, 4, new byte[32]);
        AddPixels(twin, 4, 4, new byte[32]);
        Assert.Equal("1.2.3.4", Assert.Single(Volume.FromDicom([new(first), new(twin)])).SopInstanceUid);
    }

    [Fact]
    public void Compressed_pixels_are_named_and_so_is_an_empty_series()
    {
        var compressed = new DicomDataset(DicomTransferSyntax.JPEGLSLossless);
        compressed.Add(Header().Where(item => item.Tag != DicomTag.PixelData));
        compressed.AddOrUpdate(new DicomOtherByteFragment(DicomTag.PixelData));
        Assert.Equal("compressed", Assert.Throws<VolumeException>(() => Volume.FromDicom([new(compressed)])).Reason.Code);
        Assert.Equal("no-slices", Assert.Throws<VolumeException>(() => Volume.FromDicom([])).Reason.Code);
    }

    private static DicomDataset Header() => new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
        .Add(DicomTag.SOPClassUID, DicomUID.MRImageStorage).Add(DicomTag.SOPInstanceUID, "1.2.3.4")
        .Add(DicomTag.Modality, "MR").Add(DicomTag.PhotometricInterpretation, "MONOCHROME2").Add(DicomTag.SamplesPerPixel, (ushort)1)
        .Add(DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, 1m, 0m).Add(DicomTag.ImagePositionPatient, 0m, 0m, 0m)
        .Add(DicomTag.PixelSpacing, 0.5m, 0.5m).Add(DicomTag.BitsAllocated, (ushort)16).Add(DicomTag.BitsStored, (ushort)16)
        .Add(DicomTag.HighBit, (ushort)15).Add(DicomTag.PixelRepresentation, (ushort)0);

    private static void AddPixels(DicomDataset header, int columns, int rows, byte[] bytes)
    {
        header.AddOrUpdate(DicomTag.Columns, (ushort)columns).AddOrUpdate(DicomTag.Rows, (ushort)rows);
        DicomPixelData.Create(header, true).AddFrame(new MemoryByteBuffer(bytes));
    }
}
