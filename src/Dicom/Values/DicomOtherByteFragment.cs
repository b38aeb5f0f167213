namespace Gateway.Dicom;

/// <summary>Encapsulated pixel data of value representation OB (PS3.5 annex A.4).</summary>
public sealed class DicomOtherByteFragment : DicomFragmentSequence
{
    /// <summary>Pixel data without fragments (PS3.5 annex A.4).</summary>
    public DicomOtherByteFragment(DicomTag tag) : this(tag, [], []) { }

    internal DicomOtherByteFragment(DicomTag tag, IList<uint> offsets, IList<IByteBuffer> fragments) : base(tag, offsets, fragments) { }

    /// <inheritdoc/>
    public override DicomVR ValueRepresentation => DicomVR.OB;
}
