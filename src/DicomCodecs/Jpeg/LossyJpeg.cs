using JpegLibrary;

namespace Gateway.DicomCodecs;

/// <summary>JPEG by cosine transform, baseline, extended and progressive, of 8 or 12 bits (ISO/IEC 10918-1, PS3.5 annex A.4.1). Colour
/// comes out as RGB.</summary>
internal static class LossyJpeg
{
    /// <exception cref="DicomDataException">The image is not the one that the data set describes.</exception>
    public static byte[] Decode(byte[] compressed, DicomPixelData pixels)
    {
        JpegStructure.Check(compressed);
        var decoder = new JpegDecoder();
        decoder.SetInput(compressed);
        decoder.Identify();
        var format = SampleFormat.Of(pixels, decoder.Width, decoder.Height, decoder.NumberOfComponents, decoder.Precision);
        var planes = new JpegPlanes(decoder);
        decoder.SetOutputWriter(planes);
        decoder.Decode();
        if (decoder.NumberOfComponents == 1) Copy(planes, format);
        else JpegColour.Copy(planes, format, JpegColour.IsLuminance(compressed, pixels));
        return format.Frame;
    }

    private static void Copy(JpegPlanes planes, SampleFormat format)
    {
        var grey = planes.FullSize(0);
        for (var i = 0; i < grey.Length; i++) format.Put(i, grey[i]);
    }
}
