namespace Gateway.Dicom;

/// <summary>Compressed frames in fragments (PS3.5 annex A.4).</summary>
internal sealed class EncapsulatedPixelData(DicomDataset dataset, DicomFragmentSequence sequence) : DicomPixelData(dataset)
{
    private const int ItemHeader = 8;

    public override IByteBuffer GetFrame(int frame)
    {
        var frames = NumberOfFrames;
        if (frame < 0 || frame >= frames) throw new DicomDataException($"There is no frame {frame + 1} of {frames}.");
        var fragments = FragmentsOf(frame, frames);
        if (fragments.Count == 0) throw new DicomDataException($"Pixel Data hold nothing of frame {frame + 1}.");
        return fragments.Count == 1 ? fragments[0] : new MemoryByteBuffer([.. fragments.SelectMany(fragment => fragment.Data)]);
    }

    public override void AddFrame(IByteBuffer data)
    {
        sequence.Fragments.Add(data);
        if (sequence.Fragments.Count > 1) NumberOfFrames = sequence.Fragments.Count;
    }

    private List<IByteBuffer> FragmentsOf(int frame, int frames)
    {
        if (frames == 1) return [.. sequence.Fragments];
        if (sequence.Fragments.Count == frames) return [sequence.Fragments[frame]];
        if (sequence.OffsetTable.Count != frames)
            throw new DicomDataException($"{sequence.Fragments.Count} fragments hold {frames} frames and no table says where they begin.");
        var from = sequence.OffsetTable[frame];
        var to = frame + 1 < frames ? sequence.OffsetTable[frame + 1] : uint.MaxValue;
        var (found, at) = (new List<IByteBuffer>(), 0L);
        foreach (var fragment in sequence.Fragments)
        {
            if (at >= from && at < to) found.Add(fragment);
            at += ItemHeader + ((fragment.Size + 1) & ~1);
        }
        return found;
    }
}
