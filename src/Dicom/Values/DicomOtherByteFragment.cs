namespace Gateway.Dicom;

/// <summary>Encapsulated pixel data of value representation OB.</summary>
public sealed class DicomOtherByteFragment(DicomTag tag) : DicomFragmentSequence(tag)
{
    public override DicomVR ValueRepresentation => DicomVR.OB;
}
