using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gateway.Dicom;

/// <summary>Turns a data set into bytes, little endian. Small values are gathered; large ones are handed on as they are.</summary>
internal sealed class DicomWriter(bool isExplicit)
{
    private const int HandedOn = 4_096;
    private const uint Undefined = 0xFFFFFFFF;
    private static readonly DicomTag Item = new(0xFFFE, 0xE000);
    private static readonly DicomTag ItemEnd = new(0xFFFE, 0xE00D);
    private static readonly DicomTag SequenceEnd = new(0xFFFE, 0xE0DD);

    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private ArrayBufferWriter<byte> _gathering = new();

    public long Length { get; private set; }

    /// <summary>All bytes in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts()
    {
        if (_gathering.WrittenCount > 0)
        {
            _parts.Add(_gathering.WrittenMemory);
            _gathering = new();
        }
        return _parts;
    }

    public void Write(DicomDataset dataset, TextEncoding inherited)
    {
        var encoding = dataset.OwnEncoding ?? inherited;
        var items = dataset.ToArray();
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Tag.Element != 0) Write(items[i], encoding);
            else WriteGroupLength(items.AsSpan(i), encoding);
        }
    }

    public void Raw(ReadOnlyMemory<byte> bytes)
    {
        Length += bytes.Length;
        if (bytes.Length < HandedOn) _gathering.Write(bytes.Span);
        else
        {
            Parts();
            _parts.Add(bytes);
        }
    }

    private void Write(DicomItem item, TextEncoding encoding)
    {
        switch (item)
        {
            case DicomSequence sequence: WriteSequence(sequence, encoding); break;
            case DicomFragmentSequence fragments: WriteFragments(fragments); break;
            case DicomElement element: WriteElement(element, encoding); break;
        }
    }

    /// <summary>A group length that is there is kept (it is retired, PS3.5 section 7.2), but made right.</summary>
    private void WriteGroupLength(ReadOnlySpan<DicomItem> items, TextEncoding encoding)
    {
        var group = new DicomWriter(isExplicit);
        foreach (var item in items[1..])
        {
            if (item.Tag.Group != items[0].Tag.Group) break;
            group.Write(item, encoding);
        }
        Header(items[0].Tag, DicomVR.UL, 4);
        UInt32((uint)group.Length);
    }

    private void WriteElement(DicomElement element, TextEncoding encoding)
    {
        var bytes = element.BytesFor(encoding);
        var padded = (bytes.Length + 1) & ~1;
        var vr = element.ReadAsUnknown || element.ValueRepresentation.Is16bitLength && padded > ushort.MaxValue
            ? DicomVR.UN : element.ValueRepresentation;    // UN holds what a length of 16 bits cannot (PS3.5 section 6.2.2)
        Header(element.Tag, vr, (uint)padded);
        Raw(bytes);
        if (padded > bytes.Length) Raw(new[] { element.ValueRepresentation.PaddingValue });
    }

    private void WriteSequence(DicomSequence sequence, TextEncoding encoding)
    {
        var content = new DicomWriter(isExplicit && !sequence.ReadAsUnknown);
        foreach (var item in sequence.Items) content.WriteItem(item, encoding);
        if (sequence.Delimited) content.ItemHeader(SequenceEnd, 0);
        Header(sequence.Tag, sequence.ReadAsUnknown ? DicomVR.UN : DicomVR.SQ, sequence.Delimited ? Undefined : (uint)content.Length);
        Append(content);
    }

    private void WriteItem(DicomDataset item, TextEncoding encoding)
    {
        var content = new DicomWriter(isExplicit);
        content.Write(item, encoding);
        if (item.Delimited) content.ItemHeader(ItemEnd, 0);
        ItemHeader(Item, item.Delimited ? Undefined : (uint)content.Length);
        Append(content);
    }

    private void WriteFragments(DicomFragmentSequence fragments)
    {
        Header(fragments.Tag, fragments.ValueRepresentation, Undefined);
        ItemHeader(Item, (uint)fragments.OffsetTable.Count * 4);
        foreach (var offset in fragments.OffsetTable) UInt32(offset);
        foreach (var fragment in fragments.Fragments)
        {
            ItemHeader(Item, (uint)((fragment.Size + 1) & ~1));
            Raw(fragment.Data);
            if (fragment.Size % 2 == 1) Raw(new byte[1]);
        }
        ItemHeader(SequenceEnd, 0);
    }

    private void Append(DicomWriter other)
    {
        foreach (var part in other.Parts()) Raw(part);
    }

    private void Header(DicomTag tag, DicomVR vr, uint length)
    {
        if (!isExplicit)
        {
            ItemHeader(tag, length);
            return;
        }
        Span<byte> bytes = stackalloc byte[8];
        Put(bytes, tag);
        Encoding.ASCII.GetBytes(vr.Code, bytes[4..]);
        if (vr.Is16bitLength) BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], (ushort)length);
        else bytes[6..].Clear();
        Gather(bytes);
        if (!vr.Is16bitLength) UInt32(length);
    }

    private void ItemHeader(DicomTag tag, uint length)
    {
        Span<byte> bytes = stackalloc byte[4];
        Put(bytes, tag);
        Gather(bytes);
        UInt32(length);
    }

    private void UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Gather(bytes);
    }

    private void Gather(ReadOnlySpan<byte> bytes)
    {
        _gathering.Write(bytes);
        Length += bytes.Length;
    }

    private static void Put(Span<byte> bytes, DicomTag tag)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], tag.Element);
    }
}
