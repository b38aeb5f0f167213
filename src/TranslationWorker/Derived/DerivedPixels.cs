namespace Gateway.TranslationWorker;

/// <summary>Image Pixel module of a derived object (PS3.3 C.7.6.3): one grey sample of 16 allocated bits.</summary>
internal static class DerivedPixels
{
    public static void WriteFormat(DicomDataset dataset, ushort bitsStored, bool signed)
    {
        dataset.AddOrUpdate<ushort>(DicomTag.SamplesPerPixel, 1);
        dataset.AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.AddOrUpdate<ushort>(DicomTag.BitsAllocated, 16);
        dataset.AddOrUpdate(DicomTag.BitsStored, bitsStored);
        dataset.AddOrUpdate(DicomTag.HighBit, (ushort)(bitsStored - 1));
        dataset.AddOrUpdate<ushort>(DicomTag.PixelRepresentation, signed ? (ushort)1 : (ushort)0);
    }

    /// <param name="dataset">With Rows, Columns and the format already in it.</param>
    /// <param name="littleEndian">Two bytes a pixel.</param>
    /// <exception cref="DicomDataException">They are not as many as Rows and Columns say.</exception>
    public static void Write(DicomDataset dataset, byte[] littleEndian)
    {
        var pixels = DicomPixelData.Create(dataset, true);
        if (littleEndian.Length != pixels.UncompressedFrameSize)
            throw new DicomDataException($"A frame of {littleEndian.Length} bytes does not fill {pixels.Width} x {pixels.Height} pixels.");
        pixels.AddFrame(new MemoryByteBuffer(littleEndian));
    }
}
