namespace Gateway.Dicom;

/// <summary>One entry of a data set: an element with a value, a sequence, or encapsulated fragments.</summary>
public abstract class DicomItem(DicomTag tag)
{
    public DicomTag Tag { get; } = tag;

    public abstract DicomVR ValueRepresentation { get; }

    /// <summary>The letters of the VR it was read under where those are not its own: UN, from a device that did not know the tag (PS3.5
    /// section 6.2.2), or two spaces. It is written back as such. Otherwise 0.</summary>
    internal ushort ReadAs { get; init; }

    /// <summary>The same for another data set, where it is written under the VR it is known to have.</summary>
    internal virtual DicomItem Copy() => this;

    public override string ToString() => $"{Tag} {ValueRepresentation}";
}
