using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>What a JPEG 2000 codestream says of its size (the SIZ segment, ISO/IEC 15444-1 annex A.5.1), read before any of it is given to
/// the library, which allocates by it.</summary>
internal readonly record struct CodestreamHeader(int Start, int Width, int Height, int Components, int Precision, int Length)
{
    private const int SmallestTile = 14;    // its SOT and SOD markers

    /// <summary>SOC and SIZ: where a codestream begins, be it bare or in a JP2 file (PS3.5 annex A.4.4 wants it bare, some write the
    /// other).</summary>
    private static ReadOnlySpan<byte> Signature => [0xFF, 0x4F, 0xFF, 0x51];

    /// <exception cref="DicomDataException">There is no codestream, or it claims what its bytes cannot hold.</exception>
    public static CodestreamHeader Read(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOf(Signature);
        if (start < 0 || bytes.Length - start < 42) throw new DicomDataException("The frame holds no JPEG 2000 codestream.");
        var size = bytes[(start + 8)..];
        var (right, bottom, left, top) = (Number(size, 0), Number(size, 4), Number(size, 8), Number(size, 12));
        var (tileWidth, tileHeight, tileLeft, tileTop) = (Number(size, 16), Number(size, 20), Number(size, 24), Number(size, 28));
        var components = BinaryPrimitives.ReadUInt16BigEndian(size[32..]);
        if (right <= left || bottom <= top || right > int.MaxValue || bottom > int.MaxValue || tileWidth == 0 || tileHeight == 0
            || tileLeft > left || tileTop > top)
            throw new DicomDataException("The JPEG 2000 image has no area.");
        var tiles = ((right - tileLeft + tileWidth - 1) / tileWidth) * ((bottom - tileTop + tileHeight - 1) / tileHeight);
        if (tiles > (bytes.Length - start) / SmallestTile)
            throw new DicomDataException($"{bytes.Length - start} bytes cannot hold {tiles} tiles.");
        return new(start, (int)(right - left), (int)(bottom - top), components, Precisions(size[34..], components), bytes.Length - start);
    }

    /// <summary>The samples' bits, the same for all components, none of which may be subsampled.</summary>
    private static int Precisions(ReadOnlySpan<byte> each, int components)
    {
        if (components == 0 || each.Length < components * 3) throw new DicomDataException("The JPEG 2000 image has no samples.");
        var first = each[0] & 0x7F;
        for (var component = 0; component < components; component++)
            if ((each[component * 3] & 0x7F) != first || each[component * 3 + 1] != 1 || each[component * 3 + 2] != 1)
                throw new DicomDataException("The components of the JPEG 2000 image differ in size or bits.");
        return first + 1;
    }

    private static long Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
