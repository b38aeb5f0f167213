namespace Gateway.Dicom;

/// <summary>Frames one behind the other in one value (PS3.5 section 8.1.1).</summary>
internal sealed class NativePixelData(DicomDataset dataset) : DicomPixelData(dataset)
{
    private DicomElement Element => Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!;

    public override IByteBuffer GetFrame(int frame)
    {
        var size = UncompressedFrameSize;
        var all = Element.Bytes;
        if (frame < 0 || frame >= NumberOfFrames) throw new DicomDataException($"There is no frame {frame + 1} of {NumberOfFrames}.");
        var start = (long)frame * size;
        if (start + size > all.Length)
            throw new DicomDataException($"Pixel Data of {all.Length} bytes are shorter than frame {frame + 1} of {size} bytes each.");
        return start == 0 && size == all.Length ? Element.Buffer : new MemoryByteBuffer(all.Slice((int)start, size).ToArray());
    }

    public override void AddFrame(IByteBuffer data)
    {
        if (data.Size != UncompressedFrameSize)
            throw new DicomDataException($"A frame of {data.Size} bytes does not fill {Width} x {Height} pixels of {UncompressedFrameSize} bytes.");
        var (element, frames) = (Element, Element.Bytes.Length / UncompressedFrameSize);
        byte[] bytes = frames == 0 ? data.Data : [.. element.Bytes, .. data.Data];
        Dataset.AddOrUpdate(new DicomElement(DicomTag.PixelData, element.ValueRepresentation, bytes, TextEncoding.Default));
        if (frames > 0) NumberOfFrames = frames + 1;
    }
}
