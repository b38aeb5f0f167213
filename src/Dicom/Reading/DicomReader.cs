using static Gateway.Dicom.Damage;

namespace Gateway.Dicom;

/// <summary>Parses the elements of a data set (PS3.5 section 7). Every length is compared with the number of bytes left.</summary>
internal sealed class DicomReader : IDisposable
{
    private const uint SpecificCharacterSet = 0x00080005;
    private readonly ByteSource _source;
    private readonly ReadingPlan _plan;
    private readonly HeaderReader _headers;
    private readonly ValueReader _values;
    private readonly FragmentReader _fragments;
    private readonly PooledStack<DicomItem> _items;
    private readonly PooledStack<DicomDataset> _datasets;

    public DicomReader(ByteSource source, ReadingPlan plan)
    {
        (_source, _plan, _headers, _values) = (source, plan, new(source), new(source, plan));
        _fragments = new(source, _headers, _values, plan.Allowance);
        (_items, _datasets) = (new(plan.Allowance), new(plan.Allowance));
    }

    /// <summary>The bytes ended inside the value of Pixel Data.</summary>
    public bool PixelDataIsCut => _values.PixelDataIsCut;

    /// <summary>Reads elements to the end of the bytes.</summary>
    /// <param name="scope">The encoding of the first one.</param>
    /// <param name="onlyGroup">Stop before the first element of another group (little endian).</param>
    public DicomItem[] ReadAll(ReadScope scope, ushort? onlyGroup = null) => ReadElements(scope, delimited: false, onlyGroup);

    public void Dispose()
    {
        _fragments.Dispose();
        _items.Dispose();
        _datasets.Dispose();
    }

    private DicomItem[] ReadElements(ReadScope scope, bool delimited, ushort? onlyGroup = null)
    {
        var (mark, isLate, last) = (_items.Count, false, 0u);
        while (!PixelDataIsCut && NextTag(scope, delimited, onlyGroup) is { } tag)
        {
            if (ReadItem(tag, scope) is not { } item) continue;
            if (tag == SpecificCharacterSet) _plan.Allowance.SpendCharacterSet();
            isLate |= tag == SpecificCharacterSet && last > tag;
            last = tag;
            scope = scope.After(item);
            _items.Push(item);
        }
        if (isLate) _items.ChangeFrom(mark, scope.Encoding, Redecoded);
        return _items.PopFrom(mark);
    }

    /// <summary>Decodes an item again that came before the character set; PS3.5 section 7.1 demands the opposite order.</summary>
    private DicomItem Redecoded(DicomItem item, TextEncoding encoding)
    {
        if (item.Tag.Value <= SpecificCharacterSet) return item;
        _plan.Allowance.SpendElement(item.Tag.Value, 0);
        if (item is not DicomSequence sequence) return item is DicomElement element ? element.In(encoding) : item;
        foreach (var dataset in sequence.Items.Where(dataset => !dataset.Contains(DicomTag.SpecificCharacterSet)))
            dataset.AddOrUpdate([.. dataset.Select(nested => Redecoded(nested, encoding))]);
        return item;
    }

    /// <summary>The tag of the next element; null at the end of the elements.</summary>
    private uint? NextTag(in ReadScope scope, bool delimited, ushort? onlyGroup)
    {
        if (_source.Position >= scope.End) return delimited ? throw Bad(_source.Position, "an item without its delimiter") : null;
        if (onlyGroup is { } group && !(_source.Peek(2) is [var low, var high] && (low | high << 8) == group)) return null;
        var start = _source.Position;
        if (_headers.Tag(scope) is not { } tag) return delimited || !scope.IsOpen ? throw Truncated(start) : null;
        if (tag == HeaderReader.ItemEnd && delimited)
        {
            _headers.Length(scope);
            return null;
        }
        if (tag >> 16 == 0xFFFE) throw Bad(start, $"{Name(tag)} outside a sequence");
        if (tag != 0) return tag;
        return scope.Depth == 0 && _source.OnlyZerosFollow()    // some stores pad files to whole blocks
            ? null : throw Bad(start, "(0000,0000) belongs to no data set");
    }

    private DicomItem? ReadItem(uint tag, in ReadScope scope)
    {
        var start = _source.Position - 4;
        var (vr, readAs, length) = _headers.VrAndLength(tag, scope);
        if (length == HeaderReader.Undefined) return ReadDelimited(tag, vr, readAs, scope, start);
        if (length > scope.End - _source.Position) throw Bad(start, $"{Name(tag)} is longer than what holds it");
        if (vr == DicomVR.SQ) return ReadSequence(tag, scope.Deeper(), length, readAs);
        if (_plan.Skips(length) && scope.Depth == 0)
        {
            _values.Skip(tag, length, scope);
            return null;
        }
        var known = vr == DicomVR.UN ? scope.ImplicitVr(tag) : vr;
        if (known == DicomVR.SQ) return ReadUnknown(tag, length, scope, readAs);
        var value = _values.Read(tag, length, scope, scope.IsBigEndian ? vr.SwapSize : 1);
        var encoding = tag >> 16 == 0x0002 ? TextEncoding.Default : scope.Encoding;
        return new DicomElement(DicomElements.TagOf(tag), known, value, encoding) { ReadAs = readAs };
    }

    private DicomItem? ReadDelimited(uint tag, DicomVR vr, ushort readAs, in ReadScope scope, long start)
    {
        if (vr == DicomVR.SQ) return ReadSequence(tag, scope.Deeper(), HeaderReader.Undefined, readAs);
        if (vr == DicomVR.UN) return ReadSequence(tag, scope.Deeper().Implicit(), HeaderReader.Undefined, readAs);
        if (vr == DicomVR.OB || vr == DicomVR.OW) return _fragments.Read(tag, vr, scope);
        throw Bad(start, $"{Name(tag)} of VR {vr} without a length");
    }

    /// <summary>The value of a sequence's tag that has VR UN: it is implicit VR little endian inside
    /// (PS3.5 section 6.2.2 note 4). If it cannot
    /// be read like that, it stays bytes.</summary>
    private DicomItem ReadUnknown(uint tag, uint length, in ReadScope scope, ushort readAs)
    {
        var bytes = _values.ReadBytes(tag, length, scope);
        try
        {
            using var inside = new ByteSource(new MemoryStream(bytes));
            using var reader = new DicomReader(inside, _plan.InMemory());
            return reader.ReadSequence(tag, (scope with { End = length }).Deeper().Implicit(), length, readAs);
        }
        catch (DicomFileException)
        {
            return new DicomElement(DicomElements.TagOf(tag), DicomVR.UN, bytes, scope.Encoding);
        }
    }

    private DicomSequence ReadSequence(uint tag, ReadScope scope, uint length, ushort readAs)
    {
        _plan.Allowance.SpendSequence();
        var (mark, delimited) = (_datasets.Count, length == HeaderReader.Undefined);
        scope = scope with { End = delimited ? scope.End : _source.Position + length };
        while (!PixelDataIsCut && NextItemLength(tag, scope, delimited) is { } itemLength)
            _datasets.Push(ReadItemDataset(scope, itemLength));
        return new(DicomElements.TagOf(tag), _datasets.PopFrom(mark)) { Delimited = delimited, ReadAs = readAs };
    }

    /// <summary>The length of the next item; null after the last one.</summary>
    private uint? NextItemLength(uint tag, in ReadScope scope, bool delimited)
    {
        var start = _source.Position;
        if (start >= scope.End) return delimited ? throw Truncated(start, $"{Name(tag)} has no end") : null;
        var item = _headers.Tag(scope) ?? throw Truncated(start);
        var length = _headers.Length(scope);
        if (item == HeaderReader.SequenceEnd && delimited) return null;
        if (item != HeaderReader.Item) throw Bad(start, $"{Name(item)} between the items of {Name(tag)}");
        return length == HeaderReader.Undefined || length <= scope.End - _source.Position
            ? length : throw Bad(start, $"an item of {Name(tag)} is longer than what holds it");
    }

    private DicomDataset ReadItemDataset(in ReadScope scope, uint length)
    {
        _plan.Allowance.SpendItem();
        var delimited = length == HeaderReader.Undefined;
        var inside = delimited ? scope : scope with { End = _source.Position + length };
        return DicomDataset.ItemOf(ReadElements(inside, delimited), delimited);
    }
}
