namespace Gateway.Dicom;

/// <summary>Frames one after the other in one value (PS3.5 section 8.1.1).</summary>
internal sealed class NativePixelData(DicomDataset dataset) : DicomPixelData(dataset)
{
    private DicomElement Element => Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!;

    /// <summary>Bits of one frame. YBR_FULL_422 stores two samples per pixel although it states three
    /// (PS3.3 section C.7.6.3.1.2).</summary>
    private long FrameBits
    {
        get
        {
            var subsampled = SamplesPerPixel == 3
                && Dataset.GetSingleValueOrDefault(DicomTag.PhotometricInterpretation, "") is "YBR_FULL_422" or "YBR_PARTIAL_422";
            return (long)Width * Height * (subsampled ? 2 : SamplesPerPixel) * BitsAllocated;
        }
    }

    public override IByteBuffer GetFrame(int frame)
    {
        var (all, bits, frames) = (Element.Buffer, FrameBits, NumberOfFrames);
        if (frame < 0 || frame >= frames) throw new DicomDataException($"There is no frame {frame + 1} of {frames}.");
        if (bits / 8 >= Array.MaxLength) throw new DicomDataException("A frame would not fit into memory.");
        var (start, end) = (frame * bits / 8, ((frame + 1) * bits + 7) / 8);
        if (end > all.Size)
            throw new DicomDataException(
                $"Pixel Data of {all.Size} bytes are shorter than frame {frame + 1} of {(bits + 7) / 8} bytes each.");
        if (frames == 1 && end == all.Size) return all;
        var bytes = new byte[end - start];
        all.GetByteRange(start, bytes.Length, bytes);
        return new MemoryByteBuffer(frame * bits % 8 == 0 ? bytes : Shift(bytes, (int)(frame * bits % 8), (int)((bits + 7) / 8)));
    }

    public override void AddFrame(IByteBuffer data)
    {
        if (data.Size != UncompressedFrameSize)
            throw new DicomDataException(
                $"A frame of {data.Size} bytes does not fill {Width} x {Height} pixels of {UncompressedFrameSize} bytes.");
        var (element, frames) = (Element, (int)(Element.Buffer.Size / UncompressedFrameSize));
        byte[] bytes = frames == 0 ? data.Data : [.. element.Data(), .. data.Data];
        Dataset.AddOrUpdate(new DicomElement(DicomTag.PixelData, element.ValueRepresentation, bytes, TextEncoding.Default));
        if (frames > 0) NumberOfFrames = frames + 1;
    }

    /// <summary>With pixels of one bit, a frame need not start at a new byte (PS3.5 section 8.1.1). Moves
    /// the bits so that it does.</summary>
    private static byte[] Shift(byte[] bytes, int by, int length)
    {
        var shifted = new byte[length];
        for (var i = 0; i < length; i++) shifted[i] = (byte)(bytes[i] >> by | (i + 1 < bytes.Length ? bytes[i + 1] << 8 - by : 0));
        return shifted;
    }
}
