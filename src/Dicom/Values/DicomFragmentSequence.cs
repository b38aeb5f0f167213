using System.Collections;

namespace Gateway.Dicom;

/// <summary>Encapsulated pixel data: an offset table and the compressed fragments (PS3.5 annex A.4).</summary>
public abstract class DicomFragmentSequence(DicomTag tag) : DicomItem(tag), IEnumerable<IByteBuffer>
{
    /// <summary>Where each frame starts: bytes from the first fragment's item tag on; empty when the file does not say.</summary>
    public IList<uint> OffsetTable { get; } = [];

    public IList<IByteBuffer> Fragments { get; } = [];

    public IEnumerator<IByteBuffer> GetEnumerator() => Fragments.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
