using System.Buffers.Binary;

namespace Gateway.Imaging.Files;

/// <summary>IHDR, checked against the standard's table of allowed bit depths and our limits.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, int ColourType)
{
    public int Channels => ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public int RowBytes => (Width * Channels * BitDepth + 7) / 8;

    /// <summary>Distance in bytes to the same sample of the pixel to the left, at least 1 (the filters' bpp).</summary>
    public int FilterStep => Math.Max(1, Channels * BitDepth / 8);

    public static PngHeader Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != 13)
            throw new InvalidDataException("PNG: IHDR is not 13 bytes long.");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        if (width is 0 or > PngFile.MaxSide || height is 0 or > PngFile.MaxSide)
            throw new InvalidDataException($"PNG: {width} x {height} pixels; each side may be 1..{PngFile.MaxSide}.");
        var (depth, colour) = (chunk[8], chunk[9]);
        var allowed = (colour, depth) is (0, 1 or 2 or 4 or 8 or 16) or (2 or 4 or 6, 8 or 16) or (3, 1 or 2 or 4 or 8);
        if (!allowed || chunk[10] != 0 || chunk[11] != 0)
            throw new InvalidDataException($"PNG: colour type {colour} with {depth} bits is not in the standard.");
        if (chunk[12] != 0)
            throw new InvalidDataException("PNG: interlaced files are not read.");
        return new((int)width, (int)height, depth, colour);
    }
}
