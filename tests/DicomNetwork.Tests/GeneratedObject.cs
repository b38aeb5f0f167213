using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Gateway.DicomNetwork.Tests;

/// <summary>A small MR image of this project's own making in any data set encoding; written here so that the tests do not lean on the
/// parser they test.</summary>
internal sealed class GeneratedObject
{
    public const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";

    private readonly List<byte> _bytes = [];
    private readonly bool _explicit;
    private readonly bool _bigEndian;

    private GeneratedObject(bool isExplicit, bool bigEndian) => (_explicit, _bigEndian) = (isExplicit, bigEndian);

    public static string Uid(int series, int instance) => $"1.2.826.0.1.3680043.10.999.{series}.{instance}";

    /// <summary>The data set of one image, 16 bit, <paramref name="size"/> by <paramref name="size"/>.</summary>
    /// <param name="pixelBytes">How many bytes of pixels follow the header that announces them all; null is all.</param>
    public static byte[] DataSet(
        string transferSyntax, int instance = 1, int size = 16, int? pixelBytes = null, string sopClass = MrImageStorage)
    {
        var encoding = TransferSyntaxes.EncodingOf(transferSyntax);
        var writer = new GeneratedObject(encoding != DataSetEncoding.ImplicitLittleEndian, encoding == DataSetEncoding.ExplicitBigEndian);
        writer.Header(sopClass, instance, size);
        writer.Pixels(size, pixelBytes);
        return encoding == DataSetEncoding.DeflatedLittleEndian ? Deflate([.. writer._bytes]) : [.. writer._bytes];
    }

    /// <summary>The same as a Part 10 file.</summary>
    public static byte[] File(string transferSyntax, int instance = 1, int size = 16)
    {
        var meta = new GeneratedObject(true, false);
        meta.Text(0x0002_0002, "UI", MrImageStorage);
        meta.Text(0x0002_0003, "UI", Uid(1, instance));
        meta.Text(0x0002_0010, "UI", transferSyntax);
        meta.Text(0x0002_0012, "UI", "1.2.3");
        var length = new GeneratedObject(true, false);
        length.Value(0x0002_0000, "UL", BitConverter.GetBytes(meta._bytes.Count));
        return [.. new byte[128], .. "DICM"u8, .. length._bytes, .. meta._bytes, .. DataSet(transferSyntax, instance, size)];
    }

    /// <summary>A sequence of undefined length, and one of defined length within it, with a tag inside that must not be mistaken for the
    /// object's own.</summary>
    private void Header(string sopClass, int instance, int size)
    {
        Text(0x0008_0005, "CS", "ISO_IR 100");
        Text(0x0008_0016, "UI", sopClass);
        Text(0x0008_0018, "UI", Uid(1, instance));
        Text(0x0008_0020, "DA", "20240229");
        Text(0x0008_0030, "TM", "101112");
        Text(0x0008_0050, "SH", "A77");
        Text(0x0008_0060, "CS", "MR");
        Text(0x0008_103E, "LO", "T2 Sch\u00e4del");
        Start(0x0008_1140, "SQ", 0xFFFF_FFFF);
        Delimiter(0xFFFE_E000, 0xFFFF_FFFF);
        Text(0x0008_0060, "CS", "CT");
        Start(0x0008_1199, "SQ", 8);
        Delimiter(0xFFFE_E000, 0);
        Delimiter(0xFFFE_E00D, 0);
        Delimiter(0xFFFE_E0DD, 0);
        Text(0x0010_0010, "PN", "Phantom^Head");
        Text(0x0010_0020, "LO", "P1");
        Text(0x0020_000D, "UI", Uid(0, 0));
        Text(0x0020_000E, "UI", Uid(1, 0));
        Text(0x0020_0011, "IS", "3");
        Text(0x0020_0013, "IS", $"{instance}");
        Number(0x0028_0002, 1);
        Text(0x0028_0004, "CS", "MONOCHROME2");
        Number(0x0028_0010, size);
        Number(0x0028_0011, size);
        Number(0x0028_0100, 16);
        Number(0x0028_0101, 16);
        Number(0x0028_0102, 15);
        Number(0x0028_0103, 0);
    }

    private void Pixels(int size, int? pixelBytes)
    {
        var length = 2 * size * size;
        Start(0x7FE0_0010, "OW", (uint)length);
        _bytes.AddRange(Enumerable.Range(0, Math.Min(length, pixelBytes ?? length)).Select(i => (byte)(i * 7)));
    }

    private void Text(uint tag, string vr, string text)
    {
        var padded = text.Length % 2 == 0 ? text : text + (vr == "UI" ? '\0' : ' ');
        Value(tag, vr, Encoding.Latin1.GetBytes(padded));
    }

    private void Number(uint tag, int value) =>
        Value(tag, "US", _bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)]);

    private void Value(uint tag, string vr, byte[] value)
    {
        Start(tag, vr, (uint)value.Length);
        _bytes.AddRange(value);
    }

    private void Start(uint tag, string vr, uint length)
    {
        Tag(tag);
        if (_explicit)
            _bytes.AddRange(Encoding.ASCII.GetBytes(vr));
        if (_explicit && vr is "SQ" or "OW")
            UInt16(0);
        if (_explicit && vr is not ("SQ" or "OW"))
            UInt16((ushort)length);
        else
            UInt32(length);
    }

    private void Delimiter(uint tag, uint length)
    {
        Tag(tag);
        UInt32(length);
    }

    private void Tag(uint tag)
    {
        UInt16((ushort)(tag >> 16));
        UInt16((ushort)tag);
    }

    private void UInt16(ushort value)
    {
        var bytes = new byte[2];
        if (_bigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    private void UInt32(uint value)
    {
        var bytes = new byte[4];
        if (_bigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    private static byte[] Deflate(byte[] plain)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(plain);
        return memory.ToArray();
    }
}
