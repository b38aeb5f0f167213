using System.Buffers.Binary;

namespace Gateway.Dicom;

/// <summary>The fragments of each frame (PS3.5 annex A.4). Offset tables are used only if they agree with the fragments.</summary>
internal sealed class FrameIndex
{
    private const int ItemHeader = 8;
    private readonly int[] _first;

    /// <exception cref="DicomDataException">Nothing tells where the frames begin.</exception>
    public FrameIndex(DicomDataset dataset, DicomFragmentSequence sequence, int frames)
    {
        FragmentCount = sequence.Fragments.Count;
        _first = OneFrame(frames) ?? FromOffsets(Extended(dataset), sequence, frames) ?? FromOffsets(
            [.. sequence.OffsetTable.Select(o => (ulong)o)], sequence, frames)
            ?? OneEach(frames) ?? FromStarts(sequence, frames)
            ?? throw new DicomDataException(
                $"{FragmentCount} fragments hold {frames} frames, and no table says where they begin or it is wrong.");
    }

    public int FragmentCount { get; }

    /// <summary>The fragments of a frame, from 0 on.</summary>
    public Range this[int frame] => _first[frame]..(frame + 1 < _first.Length ? _first[frame + 1] : FragmentCount);

    private static int[]? OneFrame(int frames) => frames == 1 ? [0] : null;

    private int[]? OneEach(int frames) => FragmentCount == frames ? [.. Enumerable.Range(0, frames)] : null;

    /// <summary>The Extended Offset Table (PS3.3 section C.7.6.3.1.8), with 64 bits per offset.</summary>
    private static ulong[] Extended(DicomDataset dataset) =>
        dataset.GetDicomItem<DicomElement>(DicomTag.ExtendedOffsetTable) is { Length: > 0 } table
            && dataset.TryGetValues<ulong>(table.Tag, out var offsets) ? offsets : [];

    /// <summary>A table is used if it has an entry for each frame, in order, and each is the start of a fragment.</summary>
    private static int[]? FromOffsets(ulong[] offsets, DicomFragmentSequence sequence, int frames)
    {
        if (offsets.Length != frames || offsets[0] != 0) return null;
        var first = new int[frames];
        var (found, at) = (0, 0UL);
        for (var fragment = 0; fragment < sequence.Fragments.Count && found < frames; fragment++)
        {
            if (offsets[found] == at) first[found++] = fragment;
            at += ItemHeader + ((ulong)sequence.Fragments[fragment].Size + 1 & ~1UL);
        }
        return found == frames ? first : null;
    }

    /// <summary>Finds frames without a table, by the marker at the start of JPEG, JPEG-LS and JPEG 2000 streams.</summary>
    private static int[]? FromStarts(DicomFragmentSequence sequence, int frames)
    {
        var first = new List<int>();
        for (var i = 0; i < sequence.Fragments.Count && first.Count <= frames; i++)
            if (BeginsStream(sequence.Fragments[i]))
                first.Add(i);
        return first.Count == frames && first[0] == 0 ? [.. first] : null;
    }

    private static bool BeginsStream(IByteBuffer fragment)
    {
        if (fragment.Size < 4) return false;
        var start = new byte[4];
        fragment.GetByteRange(0, 4, start);
        return BinaryPrimitives.ReadUInt32BigEndian(start) is 0xFF4FFF51 or (>= 0xFFD8FF00 and <= 0xFFD8FFFF);
    }
}
