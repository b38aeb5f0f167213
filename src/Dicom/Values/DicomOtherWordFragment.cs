namespace Gateway.Dicom;

/// <summary>Encapsulated pixel data with VR OW, which the standard does not allow (PS3.5 annex A.4) but some writers use.</summary>
public sealed class DicomOtherWordFragment : DicomFragmentSequence
{
    /// <summary>Pixel data without fragments (PS3.5 annex A.4).</summary>
    public DicomOtherWordFragment(DicomTag tag) : this(tag, [], []) { }

    internal DicomOtherWordFragment(DicomTag tag, IList<uint> offsets, IList<IByteBuffer> fragments) : base(tag, offsets, fragments) { }

    /// <inheritdoc/>
    public override DicomVR ValueRepresentation => DicomVR.OW;
}
