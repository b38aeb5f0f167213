namespace Gateway.Dicom;

/// <summary>Encapsulated pixel data that call themselves OW, which the standard does not allow (PS3.5 annex A.4) and writers do.</summary>
public sealed class DicomOtherWordFragment : DicomFragmentSequence
{
    /// <summary>Pixel data without a fragment yet (PS3.5 annex A.4).</summary>
    public DicomOtherWordFragment(DicomTag tag) : this(tag, [], []) { }

    internal DicomOtherWordFragment(DicomTag tag, IList<uint> offsets, IList<IByteBuffer> fragments) : base(tag, offsets, fragments) { }

    /// <inheritdoc/>
    public override DicomVR ValueRepresentation => DicomVR.OW;
}
