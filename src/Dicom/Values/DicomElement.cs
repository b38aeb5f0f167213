using System.Buffers.Binary;

namespace Gateway.Dicom;

/// <summary>An element with a value. The value is kept as the bytes it was read from; text is decoded only when it is asked for, so that
/// an element copied to another data set keeps its bytes.</summary>
public sealed class DicomElement : DicomItem
{
    private readonly byte[]? _bytes;
    private readonly string? _text;
    private readonly TextEncoding _encoding;

    internal DicomElement(DicomTag tag, DicomVR vr, byte[] bytes, TextEncoding encoding) : base(tag) =>
        (ValueRepresentation, _bytes, _encoding) = (vr, bytes, encoding);

    /// <summary>Text of ours; which bytes it becomes is decided by the data set it is written in.</summary>
    internal DicomElement(DicomTag tag, DicomVR vr, string text) : base(tag) =>
        (ValueRepresentation, _text, _encoding) = (vr, text, TextEncoding.Default);

    public override DicomVR ValueRepresentation { get; }

    /// <summary>The value's bytes, little endian.</summary>
    public IByteBuffer Buffer => new MemoryByteBuffer(BytesFor(_text is null ? _encoding : TextEncoding.Utf8));

    public uint Length => (uint)Buffer.Size;

    /// <summary>How many values there are: 0 for an empty element, the values between backslashes for text, 1 for bulk bytes.</summary>
    public int Count
    {
        get
        {
            if (ValueRepresentation.IsString) return Texts().Length;
            return ValueRepresentation.IsMultiValue ? _bytes!.Length / ValueRepresentation.UnitSize : Math.Min(_bytes!.Length, 1);
        }
    }

    /// <summary>Value number <paramref name="item"/> as a <typeparamref name="T"/>; without a number all of them: as an array when
    /// <typeparamref name="T"/> is one, joined by backslashes when it is a string, otherwise the first.</summary>
    /// <exception cref="DicomDataException">No such value, or it cannot be read as that type.</exception>
    public T Get<T>(int item = -1)
    {
        if (typeof(T).IsArray) return (T)(object)DicomValues.Array(this, typeof(T).GetElementType()!);
        if (item < 0 && typeof(T) == typeof(string) && ValueRepresentation.IsString) return (T)(object)Text();
        return (T)DicomValues.One(this, Math.Max(item, 0), typeof(T));
    }

    internal override DicomItem Copy() => ReadAsUnknown ? new DicomElement(Tag, ValueRepresentation, _bytes!, _encoding) : this;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The decoded text without its padding.</summary>
    internal string Text() => (_text ?? _encoding.Decode(_bytes, ValueRepresentation)).TrimEnd(' ', '\0');

    internal string[] Texts()
    {
        var text = Text();
        if (text.Length == 0) return [];
        var values = ValueRepresentation.IsMultiValue ? text.Split('\\') : [text];
        for (var i = 0; i < values.Length; i++)
            values[i] = ValueRepresentation.IsStringEncoded ? values[i].TrimEnd(' ', '\0') : values[i].Trim(' ', '\0');
        return values;
    }

    /// <summary>The bytes to write in a data set of that character set: those read, unless they mean something else there.</summary>
    /// <exception cref="DicomDataException">The character set cannot express the text.</exception>
    internal byte[] BytesFor(TextEncoding target)
    {
        if (_text is not null) return target.Encode(_text, ValueRepresentation);
        if (!ValueRepresentation.IsStringEncoded || target == _encoding || System.Text.Ascii.IsValid(_bytes) && !_bytes.Contains((byte)0x1B))
            return _bytes!;
        return target.Encode(_encoding.Decode(_bytes, ValueRepresentation), ValueRepresentation);
    }

    internal uint TagAt(int index) =>
        ((uint)BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(index * 4)) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(index * 4 + 2));
}
