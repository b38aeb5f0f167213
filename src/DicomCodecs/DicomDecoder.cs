namespace Gateway.DicomCodecs;

/// <summary>Gives the pixels of a data set without compression. Decodes RLE Lossless, JPEG baseline, extended, progressive and lossless,
/// and where their libraries are installed JPEG-LS (CharLS) and JPEG 2000 with its high-throughput kin (OpenJPEG) (PS3.5 annexes A.4 and
/// G).</summary>
public static class DicomDecoder
{
    /// <summary>More bytes than this out of one compressed byte make a large frame no image but an attack.</summary>
    private const int LargestExpansion = 1_024;

    /// <summary>Bytes of a frame that any image may have: a plain one compresses without bound.</summary>
    private const int AlwaysAllowed = 1 << 24;

    /// <summary>A copy in explicit VR little endian with native pixel data. Nothing else differs but, of colour, what describes how it
    /// lies: Photometric Interpretation and Planar Configuration.</summary>
    /// <exception cref="DicomDataException">There is no pixel data, its transfer syntax cannot be decoded (the message names it, and what
    /// to install), or the compressed bytes are damaged.</exception>
    public static DicomDataset Decode(DicomDataset dataset)
    {
        var pixels = DicomPixelData.Create(dataset);
        var decoded = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        dataset.CopyTo(decoded);
        if (dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData) is null) return decoded;

        var decode = DecoderOf(pixels.Syntax);
        using var frames = new MemoryStream();
        for (var frame = 0; frame < pixels.NumberOfFrames; frame++)
            frames.Write(DecodeFrame(decode, pixels, frame, Array.MaxLength - frames.Length));
        IByteBuffer native = new MemoryByteBuffer(frames.ToArray());
        if (pixels.SamplesPerPixel > 1) DescribeColour(decoded, pixels.Syntax);
        decoded.Remove(DicomTag.ExtendedOffsetTable, DicomTag.ExtendedOffsetTableLengths);
        return decoded.AddOrUpdate(pixels.BitsAllocated > 8 ? DicomVR.OW : DicomVR.OB, DicomTag.PixelData, native);
    }

    private static byte[] DecodeFrame(Func<byte[], DicomPixelData, byte[]> decode, DicomPixelData pixels, int frame, long room)
    {
        var compressed = pixels.GetFrame(frame).Data;
        var length = pixels.UncompressedFrameSize;
        if (pixels.BitsAllocated is not (8 or 16 or 32) || length > AlwaysAllowed && length / LargestExpansion > compressed.Length
            || length > room)
            throw new DicomDataException(
                $"{compressed.Length} compressed bytes cannot hold {pixels.Width} x {pixels.Height} pixels of {pixels.BitsAllocated} bits.");
        try
        {
            return decode(compressed, pixels);
        }
        catch (Exception e) when (e is not DicomDataException and not OutOfMemoryException)
        {
            throw new DicomDataException($"Frame {frame + 1} of {pixels.Syntax} is damaged.", e);
        }
    }

    private static Func<byte[], DicomPixelData, byte[]> DecoderOf(DicomTransferSyntax syntax) => syntax.UID.UID switch
    {
        "1.2.840.10008.1.2.5" => RleDecoder.Decode,
        "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51" => LossyJpeg.Decode,
        "1.2.840.10008.1.2.4.53" or "1.2.840.10008.1.2.4.55" => LossyJpeg.Decode,    // retired: spectral selection and full progression
        "1.2.840.10008.1.2.4.57" or "1.2.840.10008.1.2.4.70" => LosslessJpeg.Decode,
        "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" => JpegLsDecoder.Decode,
        "1.2.840.10008.1.2.4.90" or "1.2.840.10008.1.2.4.91" => Jpeg2000Decoder.Decode,
        "1.2.840.10008.1.2.4.201" or "1.2.840.10008.1.2.4.202" or "1.2.840.10008.1.2.4.203" => Jpeg2000Decoder.Decode,
        _ => throw new DicomDataException($"The transfer syntax {syntax.UID.Name} ({syntax.UID.UID}) cannot be decoded."),
    };

    /// <summary>PS3.5 section 8.2: what lies there now. JPEG and JPEG 2000 gave back RGB where they had held luminance and chrominance; RLE
    /// and JPEG-LS leave samples what they are, each of full size.</summary>
    private static void DescribeColour(DicomDataset decoded, DicomTransferSyntax syntax)
    {
        if (syntax != DicomTransferSyntax.RLELossless)
            decoded.AddOrUpdate(DicomTag.PlanarConfiguration, (ushort)PlanarConfiguration.Interleaved);
        var held = decoded.GetSingleValueOrDefault(DicomTag.PhotometricInterpretation, "");
        var holds = syntax.UID.UID is "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51" or "1.2.840.10008.1.2.4.53"
            or "1.2.840.10008.1.2.4.55"
            || held is "YBR_RCT" or "YBR_ICT" ? "RGB" : held == "YBR_FULL_422" ? "YBR_FULL" : held;
        if (holds != held) decoded.AddOrUpdate(DicomTag.PhotometricInterpretation, holds);
    }
}
