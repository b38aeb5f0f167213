namespace Gateway.DicomCodecs;

/// <summary>Gives the pixels of a data set without compression, by fo-dicom's own transcoder: what it decodes depends on the codecs that
/// the package and its transcoder manager bring (in the core package RLE and JPEG lossless).</summary>
public static class DicomDecoder
{
    /// <summary>A copy in explicit VR little endian with native pixel data.</summary>
    /// <exception cref="DicomDataException">There is no pixel data, no codec for its transfer syntax (the message names it), or the
    /// compressed bytes are damaged.</exception>
    public static DicomDataset Decode(DicomDataset dataset)
    {
        var syntax = dataset.InternalTransferSyntax;
        if (!dataset.Contains(DicomTag.PixelData)) throw new DicomDataException("The data set has no Pixel Data.");
        try
        {
            return new DicomTranscoder(syntax, DicomTransferSyntax.ExplicitVRLittleEndian).Transcode(dataset);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new DicomDataException($"The transfer syntax {syntax.UID.Name} ({syntax.UID.UID}) cannot be decoded: {e.Message}", e);
        }
    }
}
