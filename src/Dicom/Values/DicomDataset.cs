using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Gateway.Dicom;

/// <summary>A data set (PS3.5 section 7): elements in tag order, as fo-dicom's. Values are checked when it is built, not read.</summary>
public class DicomDataset : IEnumerable<DicomItem>
{
    private SortedItems _items = new([]);
    private bool _checks = true;

    /// <summary>An empty data set, to be written as explicit VR little endian (PS3.5 annex A.2).</summary>
    public DicomDataset() : this(DicomTransferSyntax.ExplicitVRLittleEndian) { }

    /// <summary>An empty data set, to be written in that transfer syntax (PS3.5 section 10).</summary>
    public DicomDataset(DicomTransferSyntax internalTransferSyntax) => InternalTransferSyntax = internalTransferSyntax;

    /// <summary>A data set of these items (PS3.5 section 7.1).</summary>
    /// <exception cref="ArgumentException">Two have the same tag.</exception>
    public DicomDataset(IEnumerable<DicomItem> items) : this() => Add(items);

    /// <inheritdoc cref="DicomDataset(IEnumerable{DicomItem})"/>
    public DicomDataset(params DicomItem[] items) : this() => Add(items);

    private protected DicomDataset(DicomTransferSyntax syntax, SortedItems items) => (InternalTransferSyntax, _items) = (syntax, items);

    /// <summary>The transfer syntax it was read from or will be written in (PS3.5 section 10). Values in memory are always little
    /// endian.</summary>
    public DicomTransferSyntax InternalTransferSyntax { get; internal set; }

    /// <summary>For an item of a sequence: whether it ends by a delimiter rather than by a length; kept as read.</summary>
    internal bool Delimited { get; init; }

    /// <summary>Its own Specific Character Set; null for an item that has its parent's.</summary>
    internal TextEncoding? OwnEncoding => _items.Find(0x00080005) is DicomElement charset ? TextEncoding.Of(charset) : null;

    /// <summary>From now on values are added without a check (PS3.5 section 6.2); meant for values that somebody else made.</summary>
    public DicomDataset NotValidated()
    {
        _checks = false;
        return this;
    }

    /// <summary>Whether it has an item with that tag (PS3.5 section 7.1).</summary>
    public bool Contains(DicomTag tag) => Find(tag) is not null;

    /// <summary>The item with that tag and of that kind (PS3.5 section 7.1), or null.</summary>
    public T? GetDicomItem<T>(DicomTag tag) where T : DicomItem => Find(tag) as T;

    /// <summary>The sequence with that tag (PS3.5 section 7.5).</summary>
    /// <exception cref="DicomDataException">There is no such sequence.</exception>
    public DicomSequence GetSequence(DicomTag tag) =>
        GetDicomItem<DicomSequence>(tag) ?? throw new DicomDataException($"There is no sequence {tag}.");

    /// <summary>The sequence with that tag (PS3.5 section 7.5); false when there is none.</summary>
    public bool TryGetSequence(DicomTag tag, [NotNullWhen(true)] out DicomSequence? sequence) =>
        (sequence = GetDicomItem<DicomSequence>(tag)) is not null;

    /// <summary>How many values the element has (PS3.5 section 6.4).</summary>
    /// <exception cref="DicomDataException">There is no such element.</exception>
    public int GetValueCount(DicomTag tag) => Element(tag).Count;

    /// <summary>One of the element's values (PS3.5 section 6.4), from 0 on.</summary>
    /// <exception cref="DicomDataException">There is no such value, or it is of another kind.</exception>
    public T GetValue<T>(DicomTag tag, int index) => Element(tag).Get<T>(index);

    /// <summary>One of the element's values (PS3.5 section 6.4), from 0 on; false when there is no such value of that kind.</summary>
    public bool TryGetValue<T>(DicomTag tag, int index, [MaybeNullWhen(false)] out T elementValue) =>
        Try(tag, element => index >= 0 && index < element.Count, element => element.Get<T>(index), out elementValue);

    /// <summary>One of the element's values (PS3.5 section 6.4), from 0 on; <paramref name="defaultValue"/> if there is none.</summary>
    public T GetValueOrDefault<T>(DicomTag tag, int index, T defaultValue) =>
        TryGetValue<T>(tag, index, out var value) ? value : defaultValue;

    /// <summary>All of the element's values (PS3.5 section 6.4).</summary>
    /// <exception cref="DicomDataException">There is no such element, or its values are of another kind.</exception>
    public T[] GetValues<T>(DicomTag tag) => Element(tag).Get<T[]>();

    /// <summary>All of the element's values (PS3.5 section 6.4); false when there is no such element or they are of another kind.</summary>
    public bool TryGetValues<T>(DicomTag tag, [MaybeNullWhen(false)] out T[] values) =>
        Try(tag, _ => true, element => element.Get<T[]>(), out values);

    /// <summary>The only value of the element (PS3.5 section 6.4).</summary>
    /// <exception cref="DicomDataException">There is not exactly one value, or it is of another kind.</exception>
    public T GetSingleValue<T>(DicomTag tag)
    {
        var element = Element(tag);
        return element.Count == 1 ? element.Get<T>(0) : throw new DicomDataException($"{tag} has {element.Count} values instead of one.");
    }

    /// <summary>The only value of the element (PS3.5 section 6.4); false when there is not exactly one of that kind.</summary>
    public bool TryGetSingleValue<T>(DicomTag tag, [MaybeNullWhen(false)] out T value) =>
        Try(tag, element => element.Count == 1, element => element.Get<T>(0), out value);

    /// <summary>The only value of the element (PS3.5 section 6.4); <paramref name="defaultValue"/> if there is not exactly one.</summary>
    public T GetSingleValueOrDefault<T>(DicomTag tag, T defaultValue) => TryGetSingleValue<T>(tag, out var value) ? value : defaultValue;

    /// <summary>All values joined by backslashes (PS3.5 section 6.4); empty for an element without a value.</summary>
    /// <exception cref="DicomDataException">There is no such element.</exception>
    public string GetString(DicomTag tag) => string.Join('\\', Element(tag).Get<string[]>());

    /// <summary>All values joined by backslashes (PS3.5 section 6.4); false when there is no such element.</summary>
    public bool TryGetString(DicomTag tag, [NotNullWhen(true)] out string? stringValue)
    {
        stringValue = GetDicomItem<DicomElement>(tag) is null ? null : GetString(tag);
        return stringValue is not null;
    }

    /// <summary>The number that a private tag has in this data set, in its creator's block (PS3.5 section 7.8.1). The block is reserved if
    /// it does not exist. A tag without a creator is returned unchanged.</summary>
    /// <exception cref="DicomDataException">All blocks of the group are taken.</exception>
    public DicomTag GetPrivateTag(DicomTag tag)
    {
        if (tag.PrivateCreator is null) return tag;
        var (number, creator) = PrivateBlock.Reserve(_items, tag);
        if (creator is not null) Add(creator);
        return DicomElements.TagOf(number);
    }

    /// <summary>Adds an item (PS3.5 section 7.1) without changing its bytes.</summary>
    /// <exception cref="ArgumentException">There is an item with this tag already.</exception>
    public DicomDataset Add(DicomItem item) =>
        _items.TryAdd(item) ? this : throw new ArgumentException($"{item.Tag} is there already.", nameof(item));

    /// <inheritdoc cref="Add(DicomItem)"/>
    public DicomDataset Add(params DicomItem[] items) => Add((IEnumerable<DicomItem>)items);

    /// <inheritdoc cref="Add(DicomItem)"/>
    public DicomDataset Add(IEnumerable<DicomItem> items)
    {
        foreach (var item in items) Add(item);
        return this;
    }

    /// <summary>Adds values with the VR of the dictionary (PS3.6 section 6); without values, an empty element.</summary>
    /// <exception cref="ArgumentException">There is an item with this tag already.</exception>
    /// <exception cref="DicomDataException">The dictionary does not know the tag.</exception>
    /// <exception cref="DicomValidationException">A value breaks its VR's rules.</exception>
    /// <exception cref="InvalidOperationException">The type does not fit the VR.</exception>
    public DicomDataset Add<T>(DicomTag tag, params T[] values) => Add(DicomElementFactory.Create(tag, values, _checks));

    /// <summary>Adds values with the given VR (PS3.5 section 6.2); a private tag goes to its creator's block.</summary>
    /// <inheritdoc cref="Add{T}(DicomTag, T[])"/>
    public DicomDataset Add<T>(DicomVR vr, DicomTag tag, params T[] values) =>
        Add(DicomElementFactory.Create(vr, GetPrivateTag(tag), values, _checks));

    /// <summary>Adds an item or replaces the one with the same tag (PS3.5 section 7.1). Its bytes are not changed.</summary>
    public DicomDataset AddOrUpdate(DicomItem item)
    {
        _items.Put(item);
        return this;
    }

    /// <inheritdoc cref="AddOrUpdate(DicomItem)"/>
    public DicomDataset AddOrUpdate(params DicomItem[] items) => AddOrUpdate((IEnumerable<DicomItem>)items);

    /// <inheritdoc cref="AddOrUpdate(DicomItem)"/>
    public DicomDataset AddOrUpdate(IEnumerable<DicomItem> items)
    {
        foreach (var item in items) AddOrUpdate(item);
        return this;
    }

    /// <summary>Like <see cref="Add{T}(DicomTag, T[])"/> (PS3.6 section 6), but replaces an item with the same tag.</summary>
    /// <exception cref="DicomDataException">The dictionary does not know the tag.</exception>
    /// <exception cref="DicomValidationException">A value breaks its VR's rules.</exception>
    /// <exception cref="InvalidOperationException">The type does not fit the VR.</exception>
    public DicomDataset AddOrUpdate<T>(DicomTag tag, params T[] values) => AddOrUpdate(DicomElementFactory.Create(tag, values, _checks));

    /// <summary>Like <see cref="Add{T}(DicomVR, DicomTag, T[])"/> (PS3.5 section 6.2), but replaces an item with the same tag.</summary>
    /// <inheritdoc cref="AddOrUpdate{T}(DicomTag, T[])"/>
    public DicomDataset AddOrUpdate<T>(DicomVR vr, DicomTag tag, params T[] values) =>
        AddOrUpdate(DicomElementFactory.Create(vr, GetPrivateTag(tag), values, _checks));

    /// <summary>Removes the items with these tags, if there are any (PS3.5 section 7.1).</summary>
    public DicomDataset Remove(params DicomTag[] tags)
    {
        foreach (var tag in tags)
            if (Find(tag) is { } item)
                _items.Remove(item.Tag.Value);
        return this;
    }

    /// <summary>Removes the items that the caller selects (PS3.5 section 7.1).</summary>
    public DicomDataset Remove(Func<DicomItem, bool> selector) => Remove([.. this.Where(selector).Select(item => item.Tag)]);

    /// <summary>Copies all items to another data set (PS3.5 section 7.1); values keep their bytes.</summary>
    public DicomDataset CopyTo(DicomDataset destination)
    {
        for (var i = 0; i < _items.Count; i++) destination.AddOrUpdate(_items[i].Copy());
        return this;
    }

    /// <summary>Copies the items with these tags, if any, to another data set (PS3.5 section 7.1); values keep their bytes.</summary>
    public DicomDataset CopyTo(DicomDataset destination, params DicomTag[] tags)
    {
        foreach (var tag in tags)
            if (Find(tag) is { } item)
                destination.AddOrUpdate(item.Copy());
        return this;
    }

    /// <summary>A deep copy (PS3.5 section 7).</summary>
    public DicomDataset Clone()
    {
        var copy = new DicomDataset(InternalTransferSyntax) { Delimited = Delimited, _checks = _checks };
        for (var i = 0; i < _items.Count; i++) copy.Add(_items[i] is DicomSequence sequence ? sequence.Clone() : _items[i]);
        return copy;
    }

    /// <summary>The items in the order of their tags (PS3.5 section 7.1).</summary>
    /// <exception cref="InvalidOperationException">The data set was changed meanwhile.</exception>
    public IEnumerator<DicomItem> GetEnumerator()
    {
        var version = _items.Version;
        for (var i = 0; i < _items.Count; i++)
        {
            yield return _items[i];
            if (version != _items.Version) throw new InvalidOperationException("The data set was changed while its items were read.");
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static DicomDataset Of(DicomItem[] read, DicomTransferSyntax syntax) => new(syntax, SortedItems.Of(read));

    internal static DicomDataset ItemOf(DicomItem[] read, bool delimited) =>
        new(DicomTransferSyntax.ExplicitVRLittleEndian, SortedItems.Of(read)) { Delimited = delimited };

    private DicomItem? Find(DicomTag tag) =>
        tag.PrivateCreator is null ? _items.Find(tag.Value) : PrivateBlock.Find(_items, tag) is { } number ? _items.Find(number) : null;

    private DicomElement Element(DicomTag tag) =>
        GetDicomItem<DicomElement>(tag) ?? throw new DicomDataException($"There is no element {tag}.");

    private bool Try<T>(DicomTag tag, Func<DicomElement, bool> accept, Func<DicomElement, T> read, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (GetDicomItem<DicomElement>(tag) is not { } element || !accept(element)) return false;
        try
        {
            value = read(element);
            return true;
        }
        catch (DicomDataException)
        {
            return false;
        }
    }
}
