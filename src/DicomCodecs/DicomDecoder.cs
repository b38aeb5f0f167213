namespace Gateway.DicomCodecs;

/// <summary>Gives the pixels of a data set without compression. Decodes RLE Lossless and, for one sample a pixel, JPEG baseline, extended
/// and lossless (PS3.5 annexes A.4.1, A.4.2 and G).</summary>
public static class DicomDecoder
{
    /// <summary>More than this many bytes out of one compressed byte is no image but an attack.</summary>
    private const int LargestExpansion = 1_024;

    /// <summary>A copy in explicit VR little endian with native pixel data; nothing but the pixels' encoding differs.</summary>
    /// <exception cref="DicomDataException">There is no pixel data, its transfer syntax cannot be decoded (the message names it), or the
    /// compressed bytes are damaged.</exception>
    public static DicomDataset Decode(DicomDataset dataset)
    {
        var pixels = DicomPixelData.Create(dataset);
        var decoded = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        dataset.CopyTo(decoded);
        if (dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData) is null) return decoded;

        var decode = DecoderOf(pixels.Syntax);
        using var frames = new MemoryStream();
        for (var frame = 0; frame < pixels.NumberOfFrames; frame++)
            frames.Write(DecodeFrame(decode, pixels, frame));
        IByteBuffer native = new MemoryByteBuffer(frames.ToArray());
        return decoded.AddOrUpdate(pixels.BitsAllocated > 8 ? DicomVR.OW : DicomVR.OB, DicomTag.PixelData, native);
    }

    private static byte[] DecodeFrame(Func<byte[], DicomPixelData, byte[]> decode, DicomPixelData pixels, int frame)
    {
        var compressed = pixels.GetFrame(frame).Data;
        if (pixels.BitsAllocated is not (8 or 16 or 32) || pixels.UncompressedFrameSize / LargestExpansion > compressed.Length)
            throw new DicomDataException($"{compressed.Length} compressed bytes cannot hold {pixels.Width} x {pixels.Height} pixels of {pixels.BitsAllocated} bits.");
        try
        {
            return decode(compressed, pixels);
        }
        catch (Exception e) when (e is not DicomDataException and not OutOfMemoryException)
        {
            throw new DicomDataException($"Frame {frame + 1} of {pixels.Syntax} is damaged.", e);
        }
    }

    private static Func<byte[], DicomPixelData, byte[]> DecoderOf(DicomTransferSyntax syntax)
    {
        if (syntax == DicomTransferSyntax.RLELossless) return RleDecoder.Decode;
        if (syntax == DicomTransferSyntax.JPEGProcess1 || syntax == DicomTransferSyntax.JPEGProcess2_4) return JpegFrameDecoder.DecodeLossy;
        if (syntax == DicomTransferSyntax.JPEGProcess14 || syntax == DicomTransferSyntax.JPEGProcess14SV1) return JpegFrameDecoder.DecodeLossless;
        throw new DicomDataException($"The transfer syntax {syntax.UID.Name} ({syntax.UID.UID}) cannot be decoded.");
    }
}
