using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>What is looked at in a JPEG image (ISO/IEC 10918-1 annex B) before it goes to a library that trusts it: a second frame of
/// another size, codes that do not fit their length, scans without number cost it minutes.</summary>
internal static class JpegStructure
{
    /// <summary>Far more than any progressive encoder makes.</summary>
    private const int MostScans = 100;

    /// <exception cref="DicomDataException">It is no image by cosine transform, or a damaged one.</exception>
    public static void Check(ReadOnlySpan<byte> image)
    {
        if (!image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) throw new DicomDataException("The frame does not begin as a JPEG image.");
        image = image[2..];
        var (frames, scans) = (0, 0);
        while (NextMarker(ref image) is { } marker and not 0xD9)
        {
            if (image.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(image) is var length && (length < 2 || length > image.Length))
                throw new DicomDataException("A JPEG segment is longer than the image.");
            var segment = image[2..length];
            image = image[length..];
            if (marker == 0xC4) HuffmanTable.Check(segment);
            else if (marker is >= 0xC0 and <= 0xC2) frames++;
            else if (marker is > 0xC2 and <= 0xCF) throw new DicomDataException("The frame is a JPEG image of another process.");
            else if (marker == 0xDA) scans++;
            if (frames > 1 || scans > MostScans || scans > 0 && frames == 0)
                throw new DicomDataException("The JPEG image is not one frame of some scans.");
        }
    }

    /// <summary>Passes over fill bytes and entropy-coded samples; null at the end.</summary>
    private static byte? NextMarker(ref ReadOnlySpan<byte> image)
    {
        while (image.IndexOf((byte)0xFF) is >= 0 and var at && at + 1 < image.Length)
        {
            var marker = image[at + 1];
            image = image[(marker == 0xFF ? at + 1 : at + 2)..];
            if (marker is not (0 or 0xFF or >= 0xD0 and <= 0xD7)) return marker;
        }
        return null;
    }
}
