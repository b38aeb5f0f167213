using System.Buffers.Binary;

namespace Gateway.Portal;

/// <summary>One slice of a sample as a picture. It reads the one format that samples have: NIfTI-1, 16 bit, not compressed
/// (docs/architecture.md, "The archive").</summary>
internal static class SamplePicture
{
    private const int HeaderBytes = 348;
    private const int Int16 = 4;
    private const int MaxSide = 1024;

    /// <param name="file">An object of the archive.</param>
    /// <param name="slice">From 0 nearest to the feet.</param>
    /// <returns>PNG, -1 black and 1 white.</returns>
    /// <exception cref="InvalidDataException">No such file, or it has no such slice.</exception>
    public static byte[] Render(Stream file, int slice)
    {
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
            || BinaryPrimitives.ReadInt32LittleEndian(header) != HeaderBytes || Short(header, 70) != Int16)
            throw new InvalidDataException("Not a sample: the header is another.");
        var (width, height, depth) = (Short(header, 42), Short(header, 44), Short(header, 46));
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || slice < 0 || slice >= depth)
            throw new InvalidDataException($"Not a sample: slice {slice} of {width} x {height} x {depth}.");

        var offset = (long)BinaryPrimitives.ReadSingleLittleEndian(header.AsSpan(108));
        var stored = new byte[2 * width * height];
        file.Position = offset + (long)slice * stored.Length;
        if (file.ReadAtLeast(stored, stored.Length, throwOnEndOfStream: false) < stored.Length)
            throw new InvalidDataException("Not a sample: it ends too early.");
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(((Short(stored, 2 * i) + 32768) * 255 + 32768) / 65536);
        return PngWriter.Encode(width, pixels);
    }

    private static short Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]);
}
