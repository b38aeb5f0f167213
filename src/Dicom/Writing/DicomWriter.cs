namespace Gateway.Dicom;

/// <summary>Turns a data set into bytes (PS3.5 section 7).</summary>
internal sealed class DicomWriter(bool isExplicit, bool isBigEndian)
{
    private const uint Undefined = 0xFFFFFFFF;
    private const uint Item = 0xFFFEE000;
    private const uint ItemEnd = 0xFFFEE00D;
    private const uint SequenceEnd = 0xFFFEE0DD;
    private const uint SpecificCharacterSet = 0x00080005;

    public WrittenBytes Bytes { get; } = new(isBigEndian);

    public void Write(DicomDataset dataset, TextEncoding inherited)
    {
        var encoding = inherited;
        var items = dataset.ToArray();
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Tag.Value > SpecificCharacterSet) encoding = dataset.OwnEncoding ?? inherited;    // as a reader will have it
            if (items[i].Tag.Element != 0) Write(items[i], encoding);
            else WriteGroupLength(items.AsSpan(i), encoding);
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

    /// <summary>Keeps a group length that exists (it is retired, PS3.5 section 7.2), but corrects its value.</summary>
    private void WriteGroupLength(ReadOnlySpan<DicomItem> items, TextEncoding encoding)
    {
        var group = new DicomWriter(isExplicit, isBigEndian);
        foreach (var item in items[1..])
        {
            if (item.Tag.Group != items[0].Tag.Group) break;
            group.Write(item, encoding);
        }
        Header(items[0].Tag, DicomVR.UL, 0, 4);
        Bytes.UInt32((uint)group.Bytes.Length);
    }

    private void WriteElement(DicomElement element, TextEncoding encoding)
    {
        var buffer = element.BufferFor(encoding);
        var length = LengthOf(element.Tag, (buffer.Size + 1) & ~1L);
        // A value too long for a length of 16 bits is written as UN, which is always little endian (PS3.5 section 6.2.2).
        var vr = element.ValueRepresentation.Is16bitLength && length > ushort.MaxValue ? DicomVR.UN : element.ValueRepresentation;
        var swap = isBigEndian && vr != DicomVR.UN && !IsUnknown(element) ? vr.SwapSize : 1;
        Header(element.Tag, vr, element.ReadAs, length);
        Bytes.Add(swap > 1 ? new SwappedByteBuffer(buffer, swap) : buffer);
        if (length > buffer.Size) Bytes.Add([element.ValueRepresentation.PaddingValue]);
    }

    private void WriteSequence(DicomSequence sequence, TextEncoding encoding)
    {
        var content = IsUnknown(sequence)
            ? new DicomWriter(isExplicit: false, isBigEndian: false) : new DicomWriter(isExplicit, isBigEndian);
        foreach (var item in sequence.Items) content.WriteItem(item, encoding);
        if (sequence.Delimited) content.ItemHeader(SequenceEnd, 0);
        Header(sequence.Tag, DicomVR.SQ, sequence.ReadAs, sequence.Delimited ? Undefined : LengthOf(sequence.Tag, content.Bytes.Length));
        Bytes.Add(content.Bytes);
    }

    private void WriteItem(DicomDataset item, TextEncoding encoding)
    {
        var content = new DicomWriter(isExplicit, isBigEndian);
        content.Write(item, encoding);
        if (item.Delimited) content.ItemHeader(ItemEnd, 0);
        ItemHeader(Item, item.Delimited ? Undefined : LengthOf(null, content.Bytes.Length));
        Bytes.Add(content.Bytes);
    }

    private void WriteFragments(DicomFragmentSequence fragments)
    {
        Header(fragments.Tag, fragments.ValueRepresentation, 0, Undefined);
        ItemHeader(Item, (uint)fragments.OffsetTable.Count * 4);
        foreach (var offset in fragments.OffsetTable) Bytes.UInt32(offset);
        foreach (var fragment in fragments.Fragments)
        {
            ItemHeader(Item, LengthOf(fragments.Tag, (fragment.Size + 1) & ~1L));
            Bytes.Add(fragment);
            if (fragment.Size % 2 == 1) Bytes.Add([0]);
        }
        ItemHeader(SequenceEnd, 0);
    }

    private void Header(DicomTag tag, DicomVR vr, ushort readAs, uint length)
    {
        Bytes.Tag(tag.Value);
        if (isExplicit)
        {
            var letters = readAs == 0 || vr == DicomVR.UN ? vr.Letters : readAs;
            Bytes.Add([(byte)letters, (byte)(letters >> 8)]);
            if (readAs == 0 && vr.Is16bitLength || IsUnnamed(readAs) && length <= ushort.MaxValue)
            {
                Bytes.UInt16((ushort)length);
                return;
            }
            Bytes.UInt16(0);
        }
        Bytes.UInt32(length);
    }

    private void ItemHeader(uint tag, uint length)
    {
        Bytes.Tag(tag);
        Bytes.UInt32(length);
    }

    /// <exception cref="DicomDataException">The format cannot express this length (PS3.5 section 7.1.1).</exception>
    private static uint LengthOf(DicomTag? tag, long length) =>
        length < Undefined ? (uint)length
            : throw new DicomDataException($"{tag?.ToString() ?? "An item"} of {length} bytes is longer than a length says.");

    /// <summary>Whether the item was read under letters that name no VR we know; it is implicit little endian inside.</summary>
    private bool IsUnknown(DicomItem item) => isExplicit && item.ReadAs != 0 && !IsUnnamed(item.ReadAs);

    /// <summary>Two spaces or question marks, from writers that do not know the VR; they write a length of 16 bits.</summary>
    private static bool IsUnnamed(ushort letters) => letters is 0x2020 or 0x3F3F;
}
