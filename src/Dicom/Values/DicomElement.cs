using System.Buffers.Binary;
using System.Text;

namespace Gateway.Dicom;

/// <summary>A data element with a value (PS3.5 section 7.1). The value is kept as the bytes that were read,
/// or as their place in the file. Text
/// is decoded only when it is asked for, so that an element copied to another data set keeps its bytes.</summary>
public sealed class DicomElement : DicomItem
{
    private readonly object _value;
    private readonly TextEncoding _encoding;

    /// <param name="value">A <c>byte[]</c> or an <see cref="IByteBuffer"/>.</param>
    internal DicomElement(DicomTag tag, DicomVR vr, object value, TextEncoding encoding) : base(tag) =>
        (ValueRepresentation, _value, _encoding) = (vr, value is IByteBuffer { IsMemory: true } buffer ? buffer.Data : value, encoding);

    /// <summary>Text made here. The data set that it is written in decides which bytes it becomes.</summary>
    internal DicomElement(DicomTag tag, DicomVR vr, string text) : base(tag) =>
        (ValueRepresentation, _value, _encoding) = (vr, text, TextEncoding.Default);

    /// <inheritdoc/>
    public override DicomVR ValueRepresentation { get; }

    /// <summary>The value field, little endian (PS3.5 section 7.1).</summary>
    public IByteBuffer Buffer => BufferFor(_value is string ? TextEncoding.Utf8 : _encoding);

    /// <summary>Bytes of the value field (PS3.5 section 7.1.1).</summary>
    public uint Length => _value is byte[] bytes ? (uint)bytes.Length : (uint)Buffer.Size;

    /// <summary>Number of values (PS3.5 section 6.4): 0 for an empty element, the values between backslashes for text, 1 for bulk
    /// bytes.</summary>
    public int Count
    {
        get
        {
            if (ValueRepresentation.IsString) return Texts().Length;
            return ValueRepresentation.IsMultiValue ? (int)(Length / ValueRepresentation.UnitSize) : (int)Math.Min(Length, 1);
        }
    }

    /// <summary>Value number <paramref name="item"/> as a <typeparamref name="T"/> (PS3.5 section 6.2). Without a number: all values if
    /// <typeparamref name="T"/> is an array, all joined by backslashes if it is a string, otherwise the first one.</summary>
    /// <exception cref="DicomDataException">No such value, or it cannot be read as that type.</exception>
    public T Get<T>(int item = -1)
    {
        if (typeof(T).IsArray) return (T)(object)DicomValues.Array(this, typeof(T).GetElementType()!);
        if (item < 0 && typeof(T) == typeof(string) && ValueRepresentation.IsString) return (T)(object)Text();
        return (T)DicomValues.One(this, Math.Max(item, 0), typeof(T));
    }

    internal override DicomItem Copy() => ReadAs == 0 ? this : new DicomElement(Tag, ValueRepresentation, _value, _encoding);

    /// <summary>The same bytes, read in another character set.</summary>
    internal DicomElement In(TextEncoding encoding) =>
        ValueRepresentation.IsStringEncoded && encoding != _encoding
            ? new(Tag, ValueRepresentation, _value, encoding) { ReadAs = ReadAs } : this;

    /// <summary>All bytes; reads a value that stayed in its file.</summary>
    internal byte[] Data() => _value as byte[] ?? (_value as IByteBuffer)?.Data ?? [];

    /// <summary>The decoded text without its padding.</summary>
    internal string Text() => (_value as string ?? _encoding.Decode(Data(), ValueRepresentation)).TrimEnd(' ', '\0');

    internal string[] Texts()
    {
        var text = Text();
        if (text.Length == 0) return [];
        var values = ValueRepresentation.IsMultiValue ? text.Split('\\') : [text];
        for (var i = 0; i < values.Length; i++)
            values[i] = ValueRepresentation.IsStringEncoded ? values[i].TrimEnd(' ', '\0') : values[i].Trim(' ', '\0');
        return values;
    }

    /// <summary>The bytes to write in a data set with that character set: those that were read, unless they mean
    /// something else there.</summary>
    /// <exception cref="DicomDataException">The character set cannot express the text.</exception>
    internal IByteBuffer BufferFor(TextEncoding target)
    {
        if (_value is string text) return new MemoryByteBuffer(target.Encode(text, ValueRepresentation));
        if (!ValueRepresentation.IsStringEncoded || target == _encoding)
            return _value as IByteBuffer ?? new MemoryByteBuffer((byte[])_value);
        var bytes = Data();
        return new MemoryByteBuffer(Ascii.IsValid(bytes) && !bytes.Contains((byte)0x1B) ? bytes
            : target.Encode(_encoding.Decode(bytes, ValueRepresentation), ValueRepresentation));
    }

    internal static uint TagAt(ReadOnlySpan<byte> bytes, int index) =>
        ((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * 4)..]) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(
            bytes[(index * 4 + 2)..]);
}
