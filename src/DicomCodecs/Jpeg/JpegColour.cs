using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>The colours of a JPEG image (PS3.3 section C.7.6.3.1.2, ITU-T T.871).</summary>
internal static class JpegColour
{
    private const int Scale = 16;
    private const int Half = 1 << (Scale - 1);

    /// <summary>Whether the components are luminance and chrominance: where the data set says so, or calls RGB what the image itself marks
    /// as the other (JFIF, or Adobe's transform 1).</summary>
    public static bool IsLuminance(ReadOnlySpan<byte> image, DicomPixelData pixels)
    {
        if (pixels.Dataset.GetSingleValueOrDefault(DicomTag.PhotometricInterpretation, "").StartsWith("YBR", StringComparison.Ordinal))
            return true;
        image = image[2..];
        while (image.Length >= 4 && image[0] == 0xFF && image[1] != 0xDA)
        {
            var segment = image[4..Math.Min(image.Length, 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(image[2..])))];
            if (image[1] == 0xE0 && segment.StartsWith("JFIF"u8)) return true;
            if (image[1] == 0xEE && segment.Length >= 12 && segment.StartsWith("Adobe"u8)) return segment[11] == 1;
            image = image[(4 + segment.Length)..];
        }
        return false;
    }

    public static void Copy(JpegPlanes planes, SampleFormat format, bool luminance)
    {
        var (first, second, third) = (planes.FullSize(0), planes.FullSize(1), planes.FullSize(2));
        for (var i = 0; i < first.Length; i++)
        {
            var (red, green, blue) = luminance ? Rgb(first[i], second[i] - 128, third[i] - 128) : (first[i], second[i], third[i]);
            format.Put(3 * i, red);
            format.Put(3 * i + 1, green);
            format.Put(3 * i + 2, blue);
        }
    }

    private static (int Red, int Green, int Blue) Rgb(int y, int cb, int cr) => (
        Byte(y + ((Fixed(1.402) * cr + Half) >> Scale)),
        Byte(y + ((-Fixed(0.34414) * cb - Fixed(0.71414) * cr + Half) >> Scale)),
        Byte(y + ((Fixed(1.772) * cb + Half) >> Scale)));

    private static int Fixed(double factor) => (int)(factor * (1 << Scale) + 0.5);

    private static int Byte(int value) => Math.Clamp(value, 0, 255);
}
