namespace Gateway.Dicom;

/// <summary>Compressed frames in fragments (PS3.5 annex A.4).</summary>
internal sealed class EncapsulatedPixelData(DicomDataset dataset, DicomFragmentSequence sequence) : DicomPixelData(dataset)
{
    private FrameIndex? _index;

    public override IByteBuffer GetFrame(int frame)
    {
        var frames = NumberOfFrames;
        if (frame < 0 || frame >= frames) throw new DicomDataException($"There is no frame {frame + 1} of {frames}.");
        if (sequence.Fragments.Count < frames)
            throw new DicomDataException($"{sequence.Fragments.Count} fragments cannot hold {frames} frames.");
        if (_index?.FragmentCount != sequence.Fragments.Count) _index = new(Dataset, sequence, frames);
        var (first, count) = _index[frame].GetOffsetAndLength(sequence.Fragments.Count);
        return count == 1 ? sequence.Fragments[first]
            : new MemoryByteBuffer([.. sequence.Fragments.Skip(first).Take(count).SelectMany(fragment => fragment.Data)]);
    }

    /// <summary>Also removes offset tables, since they do not know the new frame.</summary>
    public override void AddFrame(IByteBuffer data)
    {
        sequence.OffsetTable.Clear();
        Dataset.Remove(DicomTag.ExtendedOffsetTable, DicomTag.ExtendedOffsetTableLengths);
        sequence.Fragments.Add(data);
        if (sequence.Fragments.Count > 1) NumberOfFrames = sequence.Fragments.Count;
    }
}
