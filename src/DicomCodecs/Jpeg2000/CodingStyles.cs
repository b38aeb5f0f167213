using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>How a JPEG 2000 codestream says that its blocks are coded (COD and COC segments, ISO/IEC 15444-1 annexes A.6.1 and A.6.2), in
/// the main header and in those of the tile parts.</summary>
internal static class CodingStyles
{
    private const byte HighThroughput = 0x40;
    private const byte OwnPrecincts = 0x01;
    private const int TilePartHeader = 12;

    /// <summary>CAP, SIZ, COD, COC, TLM, PLM, PLT, CPF, QCD, QCC, RGN, POC, PPM, PPT, CRG, COM and SOD: what may stand in a header (annex
    /// A.2). What is behind any other, OpenJPEG looks for byte by byte, and may find what a reader who goes by its length does not
    /// see.</summary>
    private static ReadOnlySpan<byte> Known =>
        [0x50, 0x51, 0x52, 0x53, 0x55, 0x57, 0x58, 0x59, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x63, 0x64, 0x93];

    /// <returns>Whether any blocks are coded for high throughput (ISO/IEC 15444-15).</returns>
    /// <exception cref="DicomDataException">The segments do not follow each other, or announce more packets than there are
    /// bytes.</exception>
    public static bool AreHighThroughput(ReadOnlySpan<byte> bytes, CodestreamHeader image)
    {
        var high = false;
        for (var at = image.Start + 2; at + 4 <= bytes.Length && bytes[at] == 0xFF && bytes[at + 1] != 0xD9;)
        {
            var isTilePart = bytes[at + 1] == 0x90;
            var next = isTilePart ? EndOfTilePart(bytes, at) : at;
            if (isTilePart) at += TilePartHeader;
            high |= Headers(bytes, ref at, image);
            at = isTilePart ? Math.Max(next, at) : at;
        }
        return high;
    }

    /// <summary>Goes to the next SOT or past the next SOD.</summary>
    private static bool Headers(ReadOnlySpan<byte> bytes, ref int at, CodestreamHeader image)
    {
        var high = false;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF && bytes[at + 1] is not (0x90 or 0xD9))
        {
            var marker = bytes[at + 1];
            at += 2;
            if (marker == 0x93) return high;
            if (!Known.Contains(marker)) throw new DicomDataException($"A JPEG 2000 header holds a marker of no meaning, FF{marker:X2}.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length < 2 || at + length > bytes.Length) throw new DicomDataException("A JPEG 2000 segment is longer than the image.");
            var segment = bytes.Slice(at + 2, length - 2);
            if (marker == 0x52)
                high |= Style(segment, segment.Length < 5 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(segment[2..]), 5, image);
            if (marker == 0x53) high |= Style(segment[Math.Min(image.Components < 257 ? 1 : 2, segment.Length)..], 1, 1, image);
            at += length;
        }
        return high;
    }

    /// <param name="at">Where the decomposition levels stand, before the size and the style of blocks and the precincts.</param>
    private static bool Style(ReadOnlySpan<byte> segment, int layers, int at, CodestreamHeader image)
    {
        if (segment.Length < at + 5) throw new DicomDataException("A JPEG 2000 coding style is cut short.");
        var levels = segment[at];
        if ((segment[0] & OwnPrecincts) != 0 && segment.Length < at + 6 + levels)
            throw new DicomDataException("A JPEG 2000 coding style is cut short.");
        var packets = 0L;
        for (var resolution = 0; resolution <= Math.Min(levels, (byte)32); resolution++)
        {
            var precinct = (segment[0] & OwnPrecincts) != 0 ? segment[at + 5 + resolution] : 0xFF;
            packets += Parts(image.Width, levels - resolution + (precinct & 15))
                * Parts(image.Height, levels - resolution + (precinct >> 4)) * layers * image.Components;
        }
        // A packet takes a byte. Images of a few pixels and many layers are cut short by some encoders.
        if (packets > image.Length + 4_096) throw new DicomDataException($"{image.Length} bytes cannot hold {packets} packets.");
        return (segment[at + 3] & HighThroughput) != 0;
    }

    private static long Parts(int size, int exponent) => exponent >= 31 ? 1 : (size >> exponent) + 1L;

    private static int EndOfTilePart(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + TilePartHeader > bytes.Length) throw new DicomDataException("A JPEG 2000 tile is cut short.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 6)..]);
        return length == 0 || length > bytes.Length - at ? bytes.Length : at + (int)length;
    }
}
