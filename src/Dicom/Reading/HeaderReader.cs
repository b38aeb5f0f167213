using System.Buffers.Binary;
using System.Text;
using static Gateway.Dicom.Damage;

namespace Gateway.Dicom;

/// <summary>Reads the header of an element: tag, VR, length (PS3.5 section 7.1).</summary>
internal sealed class HeaderReader(ByteSource source)
{
    public const uint Undefined = 0xFFFFFFFF;
    public const uint Item = 0xFFFEE000;
    public const uint ItemEnd = 0xFFFEE00D;
    public const uint SequenceEnd = 0xFFFEE0DD;

    /// <summary>The next tag; null at the end of the bytes.</summary>
    public uint? Tag(in ReadScope scope)
    {
        var start = source.Position;
        var bytes = source.Peek(4);
        if (bytes.Length < 4) return bytes.ContainsAnyExcept((byte)0) ? throw Truncated(start) : null;
        var tag = (uint)UInt16(bytes, scope) << 16 | UInt16(bytes[2..], scope);
        source.Skip(4);
        return tag;
    }

    public uint Length(in ReadScope scope)
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return scope.IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>The VR; the letters in the file if they name another VR (otherwise 0); and the length.</summary>
    public (DicomVR Vr, ushort ReadAs, uint Length) VrAndLength(uint tag, in ReadScope scope)
    {
        if (!scope.IsExplicit) return (scope.ImplicitVr(tag), 0, Length(scope));
        Span<byte> header = stackalloc byte[4];
        Fill(header);
        var letters = BinaryPrimitives.ReadUInt16LittleEndian(header);
        if (DicomVR.Find(letters) is { } vr)
            return (vr, vr == DicomVR.UN ? letters : (ushort)0, vr.Is16bitLength ? UInt16(header[2..], scope) : Length(scope));
        // A VR newer than this list has a length of 32 bits (PS3.5 section 6.2).
        if (!header[..2].ContainsAnyExceptInRange((byte)'A', (byte)'Z')) return (DicomVR.UN, letters, Length(scope));
        // These letters come from writers that do not know the VR; their lengths have 16 bits.
        if (header.StartsWith("  "u8) || header.StartsWith("??"u8)) return (scope.ImplicitVr(tag), letters, UInt16(header[2..], scope));
        throw Bad(source.Position - 8, $"{Name(tag)} has a VR of bytes {header[0]:X2} {header[1]:X2}");
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, in ReadScope scope) =>
        scope.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private void Fill(Span<byte> bytes)
    {
        if (!source.TryRead(bytes, out _)) throw Truncated(source.Position);
    }
}
