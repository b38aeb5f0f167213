namespace Gateway.Dicom;

/// <summary>One entry of a data set: an element with a value, a sequence, or encapsulated fragments (PS3.5 section 7.1).</summary>
public abstract class DicomItem(DicomTag tag)
{
    /// <summary>Its tag (PS3.5 section 7.1).</summary>
    public DicomTag Tag { get; } = tag;

    /// <summary>How its value is to be read (PS3.5 section 6.2).</summary>
    public abstract DicomVR ValueRepresentation { get; }

    /// <summary>The letters of the VR in the file if they differ from its own: UN, from a device that did not know
    /// the tag (PS3.5 section 6.2.2),
    /// or two spaces. It is written back with them. Otherwise 0.</summary>
    internal ushort ReadAs { get; init; }

    /// <summary>A copy for another data set, where it is written with its own VR.</summary>
    internal virtual DicomItem Copy() => this;

    /// <summary>How its value is to be read (PS3.5 section 6.2).</summary>
    public override string ToString() => $"{Tag} {ValueRepresentation}";
}
