using Gateway.DicomCodecs;

namespace Gateway.Portal.DicomWeb;

/// <summary>The frames of an image, one at a time.</summary>
internal sealed class FrameReader(DicomDataset image)
{
    private const ushort ImageGroup = 0x0028;
    private readonly DicomPixelData _pixels = DicomPixelData.Create(image);

    public int Count => _pixels.NumberOfFrames;

    /// <summary>A frame as it is stored, little endian (PS3.5 section 8.2).</summary>
    /// <param name="frame">From 1 on.</param>
    /// <exception cref="DicomDataException">It is incomplete.</exception>
    public IByteBuffer Stored(int frame) => _pixels.GetFrame(frame - 1);

    /// <summary>A frame without compression, and the data set that describes it.</summary>
    /// <param name="frame">From 1 on.</param>
    /// <exception cref="DicomDataException">It is incomplete, or cannot be decoded here.</exception>
    public (IByteBuffer Pixels, DicomDataset Image) Decoded(int frame)
    {
        if (image.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData) is null)
            return (Stored(frame), image);
        var single = new DicomDataset(image.InternalTransferSyntax).NotValidated();
        single.Add(image.Where(item => item.Tag.Group == ImageGroup));
        DicomPixelData.Create(single, newPixelData: true).AddFrame(Stored(frame));
        var decoded = DicomDecoder.Decode(single);
        return (DicomPixelData.Create(decoded).GetFrame(0), decoded);
    }
}
