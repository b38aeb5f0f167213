using static Gateway.Dicom.Damage;

namespace Gateway.Dicom;

/// <summary>Reads encapsulated Pixel Data: the Basic Offset Table and the fragments (PS3.5 annex A.4).</summary>
internal sealed class FragmentReader(ByteSource source, HeaderReader headers, ValueReader values, Allowance allowance) : IDisposable
{
    private readonly PooledStack<IByteBuffer> _fragments = new(allowance);

    /// <summary>Null if fragments are skipped.</summary>
    public DicomFragmentSequence? Read(uint tag, DicomVR vr, in ReadScope scope)
    {
        var mark = _fragments.Count;
        byte[]? table = null;
        while (!values.PixelDataIsCut && NextLength(tag, scope) is { } length)
        {
            if (table is null) table = values.ReadBytes(tag, length, scope);
            else if (values.ReadFragment(tag, length, scope) is { } fragment) _fragments.Push(fragment);
            else return SkipTheRest(tag, scope);
        }
        return DicomFragmentSequence.Of(DicomElements.TagOf(tag), vr, table ?? [], _fragments.PopFrom(mark));
    }

    public void Dispose() => _fragments.Dispose();

    /// <summary>The length of the next fragment; null after the last one.</summary>
    private uint? NextLength(uint tag, in ReadScope scope)
    {
        var start = source.Position;
        if (headers.Tag(scope) is not { } item)
        {
            values.Cut(tag, HeaderReader.Undefined, scope);
            return null;
        }
        var length = headers.Length(scope);
        if (item == HeaderReader.SequenceEnd) return null;
        if (item != HeaderReader.Item || length == HeaderReader.Undefined)
            throw Bad(start, $"{Name(item)} between the fragments of {Name(tag)}");
        return length <= scope.End - source.Position ? length : throw Bad(start, $"a fragment of {Name(tag)} is longer than what holds it");
    }

    private DicomFragmentSequence? SkipTheRest(uint tag, in ReadScope scope)
    {
        while (!values.PixelDataIsCut && NextLength(tag, scope) is { } length) values.Skip(tag, length, scope);
        return null;
    }
}
