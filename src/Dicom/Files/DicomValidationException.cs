namespace Gateway.Dicom;

/// <summary>A value given while building a data set breaks the rules of its value representation (PS3.5 section 6.2).</summary>
/// <remarks>The content may be a patient's, so the message does not contain it.</remarks>
public sealed class DicomValidationException(string content, DicomVR vr, string message) : DicomDataException(message)
{
    /// <summary>The refused value (PS3.5 section 6.2); it may be a patient's.</summary>
    public string Content { get; } = content;

    /// <summary>The representation whose rules it breaks (PS3.5 section 6.2).</summary>
    public DicomVR VR { get; } = vr;
}
