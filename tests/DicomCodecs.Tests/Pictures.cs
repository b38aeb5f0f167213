namespace Gateway.DicomCodecs.Tests;

/// <summary>Images made by hand, with smooth and with wild parts, so that tests need no files.</summary>
internal static class Pictures
{
    public const int Rows = 19, Columns = 37;

    public static DicomDataset Grey(int stored, bool signed = false, int frames = 1)
    {
        var dataset = Describe(new(DicomTransferSyntax.ExplicitVRLittleEndian), stored, 1, "MONOCHROME2")
            .Add(DicomTag.PixelRepresentation, (ushort)(signed ? 1 : 0));
        return Fill(dataset, stored, frames, shift: signed ? -(1 << (stored - 1)) : 0);
    }

    public static DicomDataset Colour(PlanarConfiguration planar, int frames = 1) =>
        Fill(Describe(new(DicomTransferSyntax.ExplicitVRLittleEndian), 8, 3, "RGB")
            .Add(DicomTag.PlanarConfiguration, (ushort)planar).Add(DicomTag.PixelRepresentation, (ushort)0), 8, frames, 0);

    public static DicomDataset Palette() => Fill(
        Describe(new(DicomTransferSyntax.ExplicitVRLittleEndian), 8, 1, "PALETTE COLOR").Add(DicomTag.PixelRepresentation, (ushort)0)
            .Add(DicomVR.US, DicomTag.RedPaletteColorLookupTableDescriptor, (ushort)256, (ushort)0, (ushort)16)
            .Add(DicomVR.US, DicomTag.GreenPaletteColorLookupTableDescriptor, (ushort)256, (ushort)0, (ushort)16)
            .Add(DicomVR.US, DicomTag.BluePaletteColorLookupTableDescriptor, (ushort)256, (ushort)0, (ushort)16)
            .Add(DicomVR.OW, DicomTag.RedPaletteColorLookupTableData, Table(1))
            .Add(DicomVR.OW, DicomTag.GreenPaletteColorLookupTableData, Table(2))
            .Add(DicomVR.OW, DicomTag.BluePaletteColorLookupTableData, Table(3)), 8, frames: 1, 0);

    /// <summary>An empty data set of that layout, whose one frame the caller adds.</summary>
    public static DicomDataset Compressed(DicomTransferSyntax syntax, int rows, int columns, int stored, int samples, byte[] frame)
    {
        var dataset = Describe(new(syntax), stored, samples, samples == 1 ? "MONOCHROME2" : "RGB").Add(
            DicomTag.PixelRepresentation, (ushort)0)
            .AddOrUpdate(DicomTag.Rows, (ushort)rows).AddOrUpdate(DicomTag.Columns, (ushort)columns);
        if (samples > 1) dataset.Add(DicomTag.PlanarConfiguration, (ushort)0);
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(frame));
        return dataset;
    }

    public static byte[] Pixels(DicomDataset dataset) => dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data;

    private static DicomDataset Describe(DicomDataset dataset, int stored, int samples, string photometric) => dataset
        .Add(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage).Add(DicomTag.SOPInstanceUID, "2.25.7")
        .Add(DicomTag.StudyInstanceUID, "2.25.8").Add(DicomTag.SeriesInstanceUID, "2.25.9").Add(DicomTag.Modality, "OT")
        .Add(DicomTag.Rows, (ushort)Rows).Add(DicomTag.Columns, (ushort)Columns).Add(DicomTag.SamplesPerPixel, (ushort)samples)
        .Add(DicomTag.PhotometricInterpretation, photometric).Add(DicomTag.BitsAllocated, (ushort)(stored > 8 ? 16 : 8))
        .Add(DicomTag.BitsStored, (ushort)stored).Add(DicomTag.HighBit, (ushort)(stored - 1));

    private static DicomDataset Fill(DicomDataset dataset, int stored, int frames, int shift)
    {
        var random = new Random(stored);
        var pixels = DicomPixelData.Create(dataset, true);
        for (var frame = 0; frame < frames; frame++)
        {
            var samples = Enumerable.Range(0, Rows * Columns * pixels.SamplesPerPixel)
                .Select(i => (i < 300 ? i * 7 + frame : random.Next(1 << stored)) % (1 << stored) + shift);
            pixels.AddFrame(
                new MemoryByteBuffer(
                    stored > 8 ? [.. samples.SelectMany(sample => BitConverter.GetBytes((short)sample))]
                        : [.. samples.Select(sample => (byte)sample)]));
        }
        return dataset;
    }

    private static ushort[] Table(int factor) => [.. Enumerable.Range(0, 256).Select(i => (ushort)(i * factor % 256 * 257))];
}
