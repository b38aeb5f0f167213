using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Gateway.Dicom;

/// <summary>A data set (PS3.5 section 7): elements in tag order. It behaves as fo-dicom's does; building one checks values against their
/// VR, reading one does not.</summary>
public class DicomDataset : IEnumerable<DicomItem>
{
    private readonly SortedList<uint, DicomItem> _items = [];

    /// <summary>An empty data set, to be written as explicit VR little endian.</summary>
    public DicomDataset() : this(DicomTransferSyntax.ExplicitVRLittleEndian) { }

    public DicomDataset(DicomTransferSyntax internalTransferSyntax) => InternalTransferSyntax = internalTransferSyntax;

    public DicomDataset(IEnumerable<DicomItem> items) : this() => Add(items);

    public DicomDataset(params DicomItem[] items) : this() => Add(items);

    /// <summary>The transfer syntax it was read from, or will be written in. Values in memory are little endian whatever it says.</summary>
    public DicomTransferSyntax InternalTransferSyntax { get; internal set; }

    /// <summary>As a sequence's item: whether it ends by a delimiter rather than by a length; kept as read.</summary>
    internal bool Delimited { get; set; } = true;

    /// <summary>Its own Specific Character Set; an item without one has its parent's.</summary>
    internal TextEncoding? OwnEncoding => _items.TryGetValue(0x00080005, out var item) && item is DicomElement { Count: > 0 } charset
        ? new(charset.Get<string[]>()) : null;

    public bool Contains(DicomTag tag) => _items.ContainsKey(tag.Value);

    /// <summary>The item of that tag and kind, or null.</summary>
    public T? GetDicomItem<T>(DicomTag tag) where T : DicomItem => _items.GetValueOrDefault(tag.Value) as T;

    /// <exception cref="DicomDataException">There is no such sequence.</exception>
    public DicomSequence GetSequence(DicomTag tag) =>
        GetDicomItem<DicomSequence>(tag) ?? throw new DicomDataException($"There is no sequence {tag}.");

    public bool TryGetSequence(DicomTag tag, [NotNullWhen(true)] out DicomSequence? sequence) =>
        (sequence = GetDicomItem<DicomSequence>(tag)) is not null;

    /// <exception cref="DicomDataException">There is no such element.</exception>
    public int GetValueCount(DicomTag tag) => Element(tag).Count;

    /// <exception cref="DicomDataException">There is no such value, or it is of another kind.</exception>
    public T GetValue<T>(DicomTag tag, int index) => Element(tag).Get<T>(index);

    public bool TryGetValue<T>(DicomTag tag, int index, [MaybeNullWhen(false)] out T elementValue) =>
        Try(tag, element => index >= 0 && index < element.Count, element => element.Get<T>(index), out elementValue);

    public T GetValueOrDefault<T>(DicomTag tag, int index, T defaultValue) =>
        TryGetValue<T>(tag, index, out var value) ? value : defaultValue;

    /// <exception cref="DicomDataException">There is no such element, or its values are of another kind.</exception>
    public T[] GetValues<T>(DicomTag tag) => Element(tag).Get<T[]>();

    public bool TryGetValues<T>(DicomTag tag, [MaybeNullWhen(false)] out T[] values) =>
        Try(tag, _ => true, element => element.Get<T[]>(), out values);

    /// <exception cref="DicomDataException">There is not exactly one value, or it is of another kind.</exception>
    public T GetSingleValue<T>(DicomTag tag)
    {
        var element = Element(tag);
        return element.Count == 1 ? element.Get<T>(0) : throw new DicomDataException($"{tag} has {element.Count} values instead of one.");
    }

    public bool TryGetSingleValue<T>(DicomTag tag, [MaybeNullWhen(false)] out T value) =>
        Try(tag, element => element.Count == 1, element => element.Get<T>(0), out value);

    public T GetSingleValueOrDefault<T>(DicomTag tag, T defaultValue) => TryGetSingleValue<T>(tag, out var value) ? value : defaultValue;

    /// <summary>All values joined by backslashes; empty for an element without a value.</summary>
    /// <exception cref="DicomDataException">There is no such element.</exception>
    public string GetString(DicomTag tag)
    {
        var element = Element(tag);
        return element.ValueRepresentation.IsString ? string.Join('\\', element.Texts()) : string.Join('\\', element.Get<string[]>());
    }

    public bool TryGetString(DicomTag tag, [NotNullWhen(true)] out string? stringValue)
    {
        stringValue = GetDicomItem<DicomElement>(tag) is null ? null : GetString(tag);
        return stringValue is not null;
    }

    /// <exception cref="ArgumentException">The tag is there already.</exception>
    public DicomDataset Add(DicomItem item)
    {
        if (!_items.TryAdd(item.Tag.Value, item)) throw new ArgumentException($"{item.Tag} is there already.", nameof(item));
        return this;
    }

    /// <inheritdoc cref="Add(DicomItem)"/>
    public DicomDataset Add(params DicomItem[] items) => Add((IEnumerable<DicomItem>)items);

    /// <inheritdoc cref="Add(DicomItem)"/>
    public DicomDataset Add(IEnumerable<DicomItem> items)
    {
        foreach (var item in items) Add(item);
        return this;
    }

    /// <summary>Adds values under the dictionary's VR for the tag; no values make an empty element.</summary>
    /// <exception cref="ArgumentException">The tag is there already.</exception>
    /// <exception cref="DicomDataException">The dictionary does not know the tag.</exception>
    /// <exception cref="DicomValidationException">A value breaks its VR's rules.</exception>
    /// <exception cref="InvalidOperationException">The type does not fit the VR.</exception>
    public DicomDataset Add<T>(DicomTag tag, params T[] values) => Add(DicomElementFactory.Create(tag, values));

    /// <inheritdoc cref="Add{T}(DicomTag, T[])"/>
    public DicomDataset Add<T>(DicomVR vr, DicomTag tag, params T[] values) => Add(DicomElementFactory.Create(vr, tag, values));

    /// <summary>Puts the item in, in place of one of the same tag. Its bytes are kept.</summary>
    public DicomDataset AddOrUpdate(DicomItem item)
    {
        _items[item.Tag.Value] = item;
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

    /// <summary>As <see cref="Add{T}(DicomTag, T[])"/>, in place of an item of the same tag.</summary>
    /// <exception cref="DicomDataException">The dictionary does not know the tag.</exception>
    /// <exception cref="DicomValidationException">A value breaks its VR's rules.</exception>
    /// <exception cref="InvalidOperationException">The type does not fit the VR.</exception>
    public DicomDataset AddOrUpdate<T>(DicomTag tag, params T[] values) => AddOrUpdate(DicomElementFactory.Create(tag, values));

    /// <inheritdoc cref="AddOrUpdate{T}(DicomTag, T[])"/>
    public DicomDataset AddOrUpdate<T>(DicomVR vr, DicomTag tag, params T[] values) => AddOrUpdate(DicomElementFactory.Create(vr, tag, values));

    public DicomDataset Remove(params DicomTag[] tags)
    {
        foreach (var tag in tags) _items.Remove(tag.Value);
        return this;
    }

    public DicomDataset Remove(Func<DicomItem, bool> selector) => Remove([.. this.Where(selector).Select(item => item.Tag)]);

    /// <summary>Puts copies of all items into another data set; values keep their bytes.</summary>
    public DicomDataset CopyTo(DicomDataset destination)
    {
        foreach (var item in _items.Values) destination.AddOrUpdate(item.Copy());
        return this;
    }

    /// <summary>Puts copies of those of the named items that are there into another data set; values keep their bytes.</summary>
    public DicomDataset CopyTo(DicomDataset destination, params DicomTag[] tags)
    {
        foreach (var tag in tags)
            if (_items.TryGetValue(tag.Value, out var item))
                destination.AddOrUpdate(item.Copy());
        return this;
    }

    /// <summary>A deep copy.</summary>
    public DicomDataset Clone()
    {
        var copy = new DicomDataset(InternalTransferSyntax) { Delimited = Delimited };
        foreach (var item in _items.Values) copy.Add(item is DicomSequence sequence ? sequence.Clone() : item);
        return copy;
    }

    public IEnumerator<DicomItem> GetEnumerator() => _items.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

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
