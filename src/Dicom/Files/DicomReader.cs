using System.Buffers.Binary;
using System.Text;

namespace Gateway.Dicom;

/// <summary>Parses the elements of a data set (PS3.5 section 7). Every length is held against the bytes that are left.</summary>
internal sealed class DicomReader(ByteSource source, bool isExplicit, bool isBigEndian, FileReadOption option)
{
    private const uint Undefined = 0xFFFFFFFF;
    private const uint ItemTag = 0xFFFEE000;
    private const uint ItemEnd = 0xFFFEE00D;
    private const uint SequenceEnd = 0xFFFEE0DD;
    private const uint PixelDataTag = 0x7FE00010;
    private const int MaxDepth = 64;
    private const int LargeValue = 1 << 16;

    /// <summary>The bytes ended inside the value of Pixel Data.</summary>
    public bool PixelDataIsCut { get; private set; }

    /// <summary>Reads elements to the end of the bytes into <paramref name="into"/>.</summary>
    /// <param name="onlyGroup">Stop before the first element of another group (little endian).</param>
    public void ReadAll(DicomDataset into, ushort? onlyGroup = null) =>
        ReadElements(into, new(long.MaxValue, 0, TextEncoding.Default, null, isExplicit, isBigEndian), delimited: false, onlyGroup);

    private long Position => source.Position;

    private void ReadElements(DicomDataset into, Scope scope, bool delimited, ushort? onlyGroup = null)
    {
        while (source.Position < scope.End && !PixelDataIsCut)
        {
            if (onlyGroup is { } group && !(source.Peek(2) is [var low, var high] && (low | high << 8) == group)) return;
            var start = source.Position;
            if (ReadTag(scope) is not { } tag)
            {
                if (delimited || scope.End != long.MaxValue) throw Truncated(start);
                return;
            }
            if (tag.Value == ItemEnd && delimited)
            {
                ReadUInt32(scope);
                return;
            }
            if (tag.Group == 0xFFFE) throw Bad(start, $"{tag} outside a sequence");
            if (tag.Value == 0)
            {
                if (scope.Depth == 0 && source.OnlyZerosFollow()) return;    // some stores pad files to whole blocks
                throw Bad(start, "(0000,0000) belongs to no data set");
            }
            if (ReadItem(tag, scope, into) is not { } item) continue;
            into.AddOrUpdate(item);
            scope = scope.After(into, tag);
        }
        if (delimited && !PixelDataIsCut && scope.End != long.MaxValue) throw Bad(source.Position, "an item without its delimiter");
    }

    private DicomItem? ReadItem(DicomTag tag, Scope scope, DicomDataset into)
    {
        var start = source.Position - 4;
        var (vr, length) = ReadHeader(tag, scope);
        var known = vr == DicomVR.UN && scope.Implicit().ImplicitVr(tag) is var meant && meant != DicomVR.UN ? meant : null;
        if (length == Undefined)
        {
            if (vr == DicomVR.SQ) return ReadSequence(tag, scope.Deeper(this), Undefined);
            if (vr == DicomVR.UN) return ReadSequence(tag, scope.Deeper(this).Implicit(), Undefined, scope.IsExplicit);
            if (vr == DicomVR.OB || vr == DicomVR.OW) return ReadFragments(vr == DicomVR.OB ? new DicomOtherByteFragment(tag) : new DicomOtherWordFragment(tag), scope);
            throw Bad(start, $"{tag} of VR {vr} without a length");
        }
        if (length > scope.End - source.Position) throw Bad(start, $"{tag} is longer than what holds it");
        if (vr == DicomVR.SQ) return ReadSequence(tag, scope.Deeper(this), length);
        if (length > LargeValue && option == FileReadOption.SkipLargeTags && scope.Depth == 0) return Skip(tag, length, start);
        var bytes = ReadValue(tag, length, scope, start);
        if (known == DicomVR.SQ) return Nested(tag, bytes, scope) ?? (DicomItem)new DicomElement(tag, vr, bytes, scope.Encoding);
        if (scope.IsBigEndian && vr.SwapSize > 1) Swap(bytes, vr.SwapSize);
        var unknown = scope.IsExplicit && known is not null;
        return new DicomElement(tag, scope.Resolve(known ?? vr, tag), bytes, EncodingOf(tag, scope)) { ReadAsUnknown = unknown };
    }

    private static TextEncoding EncodingOf(DicomTag tag, Scope scope) => tag.Group == 0x0002 ? TextEncoding.Default : scope.Encoding;

    private byte[] ReadValue(DicomTag tag, uint length, Scope scope, long start)
    {
        if (length > Array.MaxLength) throw Bad(start, $"{tag} of {length} bytes would not fit into memory");
        var bytes = source.Read(length);
        if (bytes.Length == length) return bytes;
        PixelDataIsCut = tag.Value == PixelDataTag && scope.Depth == 0;
        return PixelDataIsCut ? bytes : throw Truncated(start, $"{tag} claims {length} bytes, {bytes.Length} are left");
    }

    private DicomItem? Skip(DicomTag tag, uint length, long start)
    {
        if (source.Skip(length) == length) return null;
        PixelDataIsCut = tag.Value == PixelDataTag;
        return PixelDataIsCut ? null : throw Truncated(start, $"{tag} claims {length} bytes");
    }

    /// <summary>The value of a sequence's tag that came as UN: implicit VR little endian inside (PS3.5 section 6.2.2 note 4). Null when
    /// it is not even that.</summary>
    private DicomSequence? Nested(DicomTag tag, byte[] bytes, Scope scope)
    {
        try
        {
            var inner = new DicomReader(new(new MemoryStream(bytes)), false, false, option);
            return inner.ReadSequence(tag, (scope with { End = bytes.Length }).Deeper(this).Implicit(), (uint)bytes.Length, scope.IsExplicit);
        }
        catch (DicomFileException)
        {
            return null;
        }
    }

    private DicomSequence ReadSequence(DicomTag tag, Scope scope, uint length, bool readAsUnknown = false)
    {
        var delimited = length == Undefined;
        var sequence = new DicomSequence(tag) { Delimited = delimited, ReadAsUnknown = readAsUnknown };
        var end = delimited ? scope.End : source.Position + length;
        while (source.Position < end)
        {
            var start = source.Position;
            var item = ReadTag(scope) ?? throw Truncated(start);
            var itemLength = ReadUInt32(scope);
            if (item.Value == SequenceEnd && delimited) return sequence;
            if (item.Value != ItemTag) throw Bad(start, $"{item} between the items of {tag}");
            if (itemLength != Undefined && itemLength > end - source.Position) throw Bad(start, $"an item of {tag} is longer than what holds it");
            var dataset = new DicomDataset { Delimited = itemLength == Undefined };
            ReadElements(dataset, scope with { End = dataset.Delimited ? end : source.Position + itemLength }, dataset.Delimited);
            sequence.Items.Add(dataset);
        }
        return delimited ? throw Truncated(source.Position, $"{tag} has no end") : sequence;
    }

    private DicomFragmentSequence ReadFragments(DicomFragmentSequence fragments, Scope scope)
    {
        var tag = fragments.Tag;
        for (var first = true; ; first = false)
        {
            var start = source.Position;
            var item = ReadTag(scope);
            if (item is null && tag.Value == PixelDataTag && scope.Depth == 0)
            {
                PixelDataIsCut = true;
                return fragments;
            }
            if (item is null) throw Truncated(start);
            var length = ReadUInt32(scope);
            if (item.Value == SequenceEnd) return fragments;
            if (item.Value != ItemTag || length == Undefined) throw Bad(start, $"{item} between the fragments of {tag}");
            if (length > scope.End - source.Position) throw Bad(start, $"a fragment of {tag} is longer than what holds it");
            var bytes = option == FileReadOption.SkipLargeTags ? SkipFragment(length) : ReadValue(tag, length, scope, start);
            if (first) AddOffsets(fragments, bytes);
            else fragments.Fragments.Add(new MemoryByteBuffer(bytes));
            if (PixelDataIsCut) return fragments;
        }
    }

    private byte[] SkipFragment(uint length)
    {
        PixelDataIsCut = source.Skip(length) != length;
        return [];
    }

    private static void AddOffsets(DicomFragmentSequence fragments, byte[] table)
    {
        for (var i = 0; i + 4 <= table.Length; i += 4)
            fragments.OffsetTable.Add(BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(i)));
    }

    private (DicomVR Vr, uint Length) ReadHeader(DicomTag tag, Scope scope)
    {
        if (!scope.IsExplicit) return (scope.ImplicitVr(tag), ReadUInt32(scope));
        Span<byte> header = stackalloc byte[4];
        Fill(header);
        if (!DicomVR.TryParse(Encoding.Latin1.GetString(header[..2]), out var vr))
        {
            if (!header[..2].ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
                return (DicomVR.UN, ReadUInt32(scope));    // a VR younger than this list has a length of 32 bits (PS3.5 section 6.2)
            if (!header.StartsWith("  "u8) && !header.StartsWith("??"u8))
                throw Bad(source.Position - 8, $"{tag} has a VR of bytes {header[0]:X2} {header[1]:X2}");
            vr = scope.Implicit().ImplicitVr(tag);    // writers that do not know the VR and say so; their lengths have 16 bits
            return (vr, UInt16(header[2..], scope));
        }
        return (vr, vr.Is16bitLength ? UInt16(header[2..], scope) : ReadUInt32(scope));
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, Scope scope) =>
        scope.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private DicomTag? ReadTag(Scope scope)
    {
        Span<byte> bytes = stackalloc byte[4];
        var start = source.Position;
        if (!source.TryRead(bytes, out var read))
            return read == 0 || bytes[..read].IndexOfAnyExcept((byte)0) < 0 ? null : throw Truncated(start);
        return new(UInt16(bytes, scope), UInt16(bytes[2..], scope));
    }

    private uint ReadUInt32(Scope scope)
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return scope.IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private void Fill(Span<byte> bytes)
    {
        if (!source.TryRead(bytes, out _)) throw Truncated(source.Position);
    }

    private static void Swap(byte[] bytes, int size)
    {
        for (var i = 0; i + size <= bytes.Length; i += size) bytes.AsSpan(i, size).Reverse();
    }

    private static DicomFileException Bad(long at, string what) => new(null, $"Byte {at} of the data set: {what}.");

    private static DicomFileException Truncated(long at, string what = "the file ends inside an element") => Bad(at, "truncated, " + what);

    /// <summary>What is in force at one place of the data set.</summary>
    private sealed record Scope(long End, int Depth, TextEncoding Encoding, bool? SignedPixels, bool IsExplicit, bool IsBigEndian)
    {
        public Scope Deeper(DicomReader reader) =>
            Depth < MaxDepth ? this with { Depth = Depth + 1 } : throw Bad(reader.Position, $"sequences nested more than {MaxDepth} deep");

        public Scope Implicit() => this with { IsExplicit = false, IsBigEndian = false };

        public Scope After(DicomDataset dataset, DicomTag tag) => tag.Value switch
        {
            0x00080005 => this with { Encoding = dataset.OwnEncoding ?? TextEncoding.Default },
            0x00280103 => this with { SignedPixels = dataset.GetSingleValueOrDefault(tag, (ushort)0) == 1 },
            _ => this,
        };

        /// <summary>The VR that implicit encoding leaves to the dictionary (PS3.5 annex A.1).</summary>
        public DicomVR ImplicitVr(DicomTag tag)
        {
            if (tag.Element == 0) return DicomVR.UL;
            if (tag.IsPrivate) return tag.Element is >= 0x10 and <= 0xFF ? DicomVR.LO : DicomVR.UN;
            var allowed = DicomElements.Find(tag)?.Representations ?? [DicomVR.UN];
            return allowed.Contains(DicomVR.OW) ? DicomVR.OW : Resolve(allowed[0], tag);
        }

        /// <summary>US or SS, where the dictionary allows both, follows Pixel Representation.</summary>
        public DicomVR Resolve(DicomVR vr, DicomTag tag) =>
            !IsExplicit && vr == DicomVR.US && SignedPixels == true && DicomElements.Find(tag)!.Representations.Contains(DicomVR.SS)
                ? DicomVR.SS : vr;
    }
}
