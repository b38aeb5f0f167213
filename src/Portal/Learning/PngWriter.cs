using System.Buffers.Binary;
using System.IO.Compression;

namespace Gateway.Portal;

/// <summary>Writes PNG of 8 bits a sample (ISO/IEC 15948), grey or in colour.</summary>
internal static class PngWriter
{
    private const byte Grey = 0;
    private const byte TrueColour = 2;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <param name="width">Pixels.</param>
    /// <param name="pixels">Row by row from the top, 0 black.</param>
    /// <param name="samples">1 for grey, 3 for red, green and blue, interleaved.</param>
    public static byte[] Encode(int width, ReadOnlySpan<byte> pixels, int samples = 1)
    {
        var height = pixels.Length / (width * samples);
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, samples == 1 ? Grey : TrueColour);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, Compress(width * samples, samples, pixels));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <param name="length">Bytes of a row.</param>
    private static byte[] Compress(int length, int samples, ReadOnlySpan<byte> pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            Span<byte> row = new byte[length + 1];
            row[0] = 1;    // filter Sub: differences of neighbours compress better than greys
            for (; pixels.Length >= length; pixels = pixels[length..])
            {
                for (var x = 0; x < length; x++)
                    row[x + 1] = (byte)(pixels[x] - (x >= samples ? pixels[x - samples] : 0));
                zlib.Write(row);
            }
        }
        return compressed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            crc = Table[(byte)(crc ^ one)] ^ (crc >> 8);
        return crc;
    }

    private static uint Entry(int n)
    {
        var entry = (uint)n;
        for (var bit = 0; bit < 8; bit++)
            entry = (entry & 1) == 1 ? 0xEDB88320 ^ (entry >> 1) : entry >> 1;
        return entry;
    }
}
