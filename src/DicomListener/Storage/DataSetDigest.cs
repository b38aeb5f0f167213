using System.Buffers.Binary;
using System.Security.Cryptography;
using Gateway.DicomCodecs;
using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>Tells whether two stored files hold one data set (PS3.5 section 7), however it is encoded: with lengths or delimiters, with VRs
/// or without, in either byte order. Compressed pixels are compared as they are, or decoded.</summary>
internal static class DataSetDigest
{
    private static readonly DicomTag TrailingPadding = new(0xFFFC, 0xFFFC);

    /// <summary>What a compression without loss writes anew: encoders note what they did.</summary>
    private static readonly DicomTag[] OfCompression = [DicomTag.PixelData, DicomTag.DerivationDescription];

    /// <summary>Archives write anew what they hand on; the files then differ, and the image is the same.</summary>
    /// <param name="objects">Holds both.</param>
    /// <param name="first">SHA-256 of one.</param>
    /// <param name="second">SHA-256 of the other.</param>
    /// <param name="encoded">Whether Pixel Data is compared as it is stored, and how it came to be; else decoded, where it can be: a copy
    /// that was compressed without loss is then equal.</param>
    /// <exception cref="IOException">The object store cannot be reached.</exception>
    public static bool AreEqual(IObjectStore objects, string first, string second, bool encoded = true) =>
        Of(objects, first, encoded) is { } digest && Of(objects, second, encoded) is { } other && digest.AsSpan().SequenceEqual(other)
        && (encoded || ShowTheSame(objects, first, second));

    /// <summary>A compression that cannot be decoded here is believed to have lost nothing: its header would have to say so.</summary>
    private static bool ShowTheSame(IObjectStore objects, string first, string second)
    {
        try
        {
            return Pixels(objects, first).SequenceEqual(Pixels(objects, second));
        }
        catch (DicomDataException)
        {
            return true;
        }
    }

    /// <summary>Without the byte that makes an odd length even.</summary>
    private static ReadOnlySpan<byte> Pixels(IObjectStore objects, string sha256)
    {
        using var stream = objects.OpenRead(sha256);
        var decoded = DicomDecoder.Decode(DicomFile.Open(stream, FileReadOption.ReadAll).Dataset);
        var pixels = DicomPixelData.Create(decoded);
        ReadOnlySpan<byte> bytes = decoded.GetDicomItem<DicomElement>(DicomTag.PixelData)?.Buffer.Data;
        var length = (long)pixels.UncompressedFrameSize * pixels.NumberOfFrames;
        return bytes.Length > length ? bytes[..(int)length] : bytes;
    }

    /// <returns>Null where there is no such object, or none that can be read to its end.</returns>
    private static byte[]? Of(IObjectStore objects, string sha256, bool encoded)
    {
        try
        {
            using var stream = new BufferedStream(objects.OpenRead(sha256), 1 << 16);
            using var digest = SHA256.Create();
            using (var sink = new CryptoStream(Stream.Null, digest, CryptoStreamMode.Write))
                Write(
                    DicomFile.Open(stream, FileReadOption.ReadLargeOnDemand).Dataset
                        .Where(item => encoded || !OfCompression.Contains(item.Tag)), sink);
            return digest.Hash;
        }
        catch (Exception error) when (error is FileNotFoundException or DicomException)
        {
            return null;
        }
    }

    private static void Write(IEnumerable<DicomItem> dataset, Stream sink)
    {
        foreach (var item in dataset.Where(item => item.Tag.Element != 0 && item.Tag != TrailingPadding))
        {
            Write((uint)(item.Tag.Group << 16 | item.Tag.Element), sink);
            switch (item)
            {
                case DicomSequence sequence: Write(sequence, sink); break;
                case DicomFragmentSequence fragments: Write(fragments.Fragments, sink); break;
                case DicomElement element: Write([element.Buffer], sink); break;
            }
        }
    }

    private static void Write(DicomSequence sequence, Stream sink)
    {
        Write((uint)sequence.Items.Count, sink);
        foreach (var item in sequence.Items)
        {
            Write(item, sink);
            Write(uint.MaxValue, sink); // an item ends
        }
    }

    private static void Write(ICollection<IByteBuffer> values, Stream sink)
    {
        Write((uint)values.Count, sink);
        foreach (var value in values)
        {
            Write((uint)value.Size, sink);
            value.CopyToStream(sink);
        }
    }

    private static void Write(uint number, Stream sink)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        sink.Write(bytes);
    }
}
