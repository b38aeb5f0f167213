namespace Gateway.Dicom;

/// <summary>The items of a data set in the order of their tags, one per tag (PS3.5 section 7.1).</summary>
internal struct SortedItems(DicomItem[] items)
{
    private DicomItem[] _items = items;

    public int Count { get; private set; } = items.Length;

    /// <summary>Counts changes.</summary>
    public int Version { get; private set; }

    public readonly DicomItem this[int index] => _items[index];

    /// <summary>Makes it of items as read. They may be out of order or repeat a tag; then the last one counts.</summary>
    public static SortedItems Of(DicomItem[] read)
    {
        for (var i = 1; i < read.Length; i++)
            if (read[i - 1].Tag >= read[i].Tag)
                return Ordered(read);
        return new(read);
    }

    private static SortedItems Ordered(DicomItem[] read)
    {
        var keys = new ulong[read.Length];
        for (var i = 0; i < read.Length; i++) keys[i] = (ulong)read[i].Tag.Value << 32 | (uint)i;
        Array.Sort(keys, read);
        var count = 0;
        for (var i = 0; i < read.Length; i++)
            if (i + 1 == read.Length || read[i].Tag.Value != read[i + 1].Tag.Value)
                read[count++] = read[i];
        return new(read[..count]);
    }

    public readonly DicomItem? Find(uint tag) => IndexOf(tag) is var index and >= 0 ? _items[index] : null;

    /// <summary>Adds an item; false if its tag exists already.</summary>
    public bool TryAdd(DicomItem item)
    {
        var index = IndexOf(item.Tag.Value);
        if (index < 0) Insert(~index, item);
        return index < 0;
    }

    public void Put(DicomItem item)
    {
        var index = IndexOf(item.Tag.Value);
        if (index < 0) Insert(~index, item);
        else _items[index] = item;
        Version++;
    }

    public void Remove(uint tag)
    {
        var index = IndexOf(tag);
        if (index < 0) return;
        Count--;
        Version++;
        Array.Copy(_items, index + 1, _items, index, Count - index);
        _items[Count] = null!;
    }

    private void Insert(int index, DicomItem item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        Array.Copy(_items, index, _items, index + 1, Count - index);
        _items[index] = item;
        Count++;
        Version++;
    }

    /// <summary>The index of the tag, or the complement of the index where it would be. Most are added after the last one.</summary>
    private readonly int IndexOf(uint tag)
    {
        if (Count == 0 || _items[Count - 1].Tag.Value < tag) return ~Count;
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _items[middle].Tag.Value;
            if (found == tag) return middle;
            if (found < tag) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
