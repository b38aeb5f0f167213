namespace Gateway.Dicom;

/// <summary>Encapsulated pixel data that call themselves OW, which the standard does not allow and writers do.</summary>
public sealed class DicomOtherWordFragment(DicomTag tag) : DicomFragmentSequence(tag)
{
    public override DicomVR ValueRepresentation => DicomVR.OW;
}
