namespace Gateway.Dicom.Tests;

/// <summary>Data sets made by hand, so that tests need no files.</summary>
internal static class Samples
{
    public static DicomDataset Image(DicomTransferSyntax? syntax = null)
    {
        var dataset = new DicomDataset(syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian)
            .Add(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .Add(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
            .Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
            .Add(DicomTag.SOPInstanceUID, "2.25.1")
            .Add(DicomTag.PatientName, "Müller^Jürgen")
            .Add(DicomTag.PixelSpacing, "0.50", "0.5")
            .Add(DicomTag.Rows, (ushort)2).Add(DicomTag.Columns, (ushort)3)
            .Add(DicomTag.BitsAllocated, (ushort)16).Add(DicomTag.BitsStored, (ushort)16).Add(DicomTag.HighBit, (ushort)15)
            .Add(DicomTag.SamplesPerPixel, (ushort)1).Add(DicomTag.PixelRepresentation, (ushort)1)
            .Add(DicomTag.SmallestImagePixelValue, (short)-5)
            .Add(new DicomSequence(DicomTag.ReferencedSeriesSequence, new DicomDataset()
                .Add(DicomTag.SeriesInstanceUID, "2.25.2")
                .Add(
                    new DicomSequence(
                        DicomTag.ReferencedInstanceSequence, new DicomDataset(),
                        new DicomDataset().Add(DicomTag.ReferencedSOPInstanceUID, "2.25.3")))))
            .Add(DicomVR.LO, new DicomTag(0x0029, 0x0010), "ACME 1.1")
            .Add(DicomVR.UN, new DicomTag(0x0029, 0x1001), (byte)1, (byte)2);
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0xFB, 0xFF]));
        return dataset;
    }

    public static DicomDataset Encapsulated()
    {
        var dataset = Image().Remove(DicomTag.PixelData);
        var compressed = new DicomDataset(DicomTransferSyntax.RLELossless).Add(dataset);
        var pixels = DicomPixelData.Create(compressed, true);
        pixels.AddFrame(new MemoryByteBuffer([1, 2, 3, 4]));
        pixels.AddFrame(new MemoryByteBuffer([5, 6]));
        return compressed;
    }

    public static byte[] Bytes(DicomFile file)
    {
        using var stream = new MemoryStream();
        file.Save(stream);
        return stream.ToArray();
    }

    public static byte[] Bytes(DicomDataset dataset) => Bytes(new DicomFile(dataset));

    public static DicomFile Open(byte[] bytes) => DicomFile.Open(new MemoryStream(bytes));

    /// <summary>A file of explicit VR little endian whose data set is these bytes.</summary>
    public static byte[] Wrapped(params byte[] dataset) => [.. Bytes(new DicomDataset()), .. dataset];
}
