using System.Buffers.Binary;
using System.Collections;

namespace Gateway.Dicom;

/// <summary>Encapsulated pixel data: an offset table and the compressed fragments (PS3.5 annex A.4).</summary>
public abstract class DicomFragmentSequence : DicomItem, IEnumerable<IByteBuffer>
{
    private protected DicomFragmentSequence(DicomTag tag, IList<uint> offsets, IList<IByteBuffer> fragments) : base(tag) =>
        (OffsetTable, Fragments) = (offsets, fragments);

    /// <summary>Where each frame starts (the Basic Offset Table, PS3.5 annex A.4), in bytes from the first
    /// fragment's item tag on; empty if the
    /// file does not state it. It may be wrong: <see cref="DicomPixelData.GetFrame"/> checks it before use.</summary>
    public IList<uint> OffsetTable { get; }

    /// <summary>The compressed bytes in order (PS3.5 annex A.4); a frame has one fragment or more.</summary>
    public IList<IByteBuffer> Fragments { get; }

    /// <summary>The fragments in order (PS3.5 annex A.4).</summary>
    public IEnumerator<IByteBuffer> GetEnumerator() => Fragments.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static DicomFragmentSequence Of(DicomTag tag, DicomVR vr, ReadOnlySpan<byte> table, IByteBuffer[] fragments)
    {
        var offsets = new List<uint>(table.Length / 4);
        for (; table.Length >= 4; table = table[4..]) offsets.Add(BinaryPrimitives.ReadUInt32LittleEndian(table));
        var list = new List<IByteBuffer>(fragments);
        return vr == DicomVR.OB ? new DicomOtherByteFragment(tag, offsets, list) : new DicomOtherWordFragment(tag, offsets, list);
    }
}
