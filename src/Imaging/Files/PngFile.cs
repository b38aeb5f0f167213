using System.Buffers.Binary;
using System.IO.Compression;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Files;

/// <summary>PNG (ISO/IEC 15948) as grey planes: reads every non-interlaced form, writes 8-bit grey and RGB.</summary>
public static class PngFile
{
    /// <summary>Largest width and height read, in pixels.</summary>
    public const int MaxSide = 8192;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Sample values as stored (0..255, or 0..65535 for 16 bits); colour becomes Rec. 601 luma; transparency is ignored.</summary>
    /// <exception cref="InvalidDataException">Not a PNG file, damaged, interlaced, or larger than <see cref="MaxSide"/>.</exception>
    public static Image Read(string path) => Decode(File.ReadAllBytes(path));

    /// <inheritdoc cref="Read"/>
    public static Image Decode(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            throw new InvalidDataException("Not a PNG file: the signature is missing.");
        var (header, palette) = (default(PngHeader), Array.Empty<byte>());
        using var compressed = new MemoryStream();
        for (var rest = file[Signature.Length..]; ;)
        {
            var chunk = ReadChunk(ref rest, out var type);
            if (type == "IEND")
                break;
            if (header == default && type != "IHDR")
                throw new InvalidDataException("PNG: the first chunk is not IHDR.");
            switch (type)
            {
                case "IHDR":
                    header = PngHeader.Parse(chunk);
                    break;
                case "PLTE":
                    palette = chunk.ToArray();
                    break;
                case "IDAT":
                    compressed.Write(chunk);
                    break;
            }
        }
        compressed.Position = 0;
        return PngRows.Decode(header, palette, compressed);
    }

    /// <summary>Writes 8-bit grey: each value is rounded and clipped to 0..255.</summary>
    public static void WriteGrey(string path, Image image) => File.WriteAllBytes(path, EncodeGrey(image));

    /// <inheritdoc cref="WriteGrey"/>
    public static byte[] EncodeGrey(Image image)
    {
        var samples = new byte[image.Pixels.Length];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = ToByte(image.Pixels[i]);
        return Encode(image.Width, image.Height, channels: 1, samples);
    }

    /// <summary>Writes 8-bit RGB from three planes of one size.</summary>
    public static byte[] EncodeRgb(Image red, Image green, Image blue)
    {
        var samples = new byte[red.Pixels.Length * 3];
        for (var i = 0; i < red.Pixels.Length; i++)
            (samples[3 * i], samples[3 * i + 1], samples[3 * i + 2]) =
                (ToByte(red.Pixels[i]), ToByte(green.Pixels[i]), ToByte(blue.Pixels[i]));
        return Encode(red.Width, red.Height, channels: 3, samples);
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);

    private static ReadOnlySpan<byte> ReadChunk(ref ReadOnlySpan<byte> rest, out string type)
    {
        if (rest.Length < 12)
            throw new InvalidDataException("PNG: the file ends before IEND.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 12)
            throw new InvalidDataException($"PNG: a chunk of {length} bytes is cut off.");
        var body = rest.Slice(4, (int)length + 4);
        if (Crc32.Of(body) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
            throw new InvalidDataException("PNG: a chunk's checksum is wrong.");
        rest = rest[(12 + (int)length)..];
        type = System.Text.Encoding.ASCII.GetString(body[..4]);
        return body[4..];
    }

    private static byte[] Encode(int width, int height, int channels, byte[] samples)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(channels == 3 ? 2 : 0));
        WriteChunk(file, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            PngRows.Encode(samples, width * channels, channels, zlib);
        WriteChunk(file, "IDAT", data.ToArray());
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> body)
    {
        var chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        System.Text.Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        body.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + body.Length), Crc32.Of(chunk.AsSpan(4, body.Length + 4)));
        file.Write(chunk);
    }
}
