namespace Gateway.Dicom;

/// <summary>A value that its value representation does not allow (PS3.5 section 6.2), met while building a data set.</summary>
/// <remarks>The content may be a patient's: it is no part of the message.</remarks>
public sealed class DicomValidationException(string content, DicomVR vr, string message) : DicomDataException(message)
{
    /// <summary>The value that was refused (PS3.5 section 6.2); it may be a patient's.</summary>
    public string Content { get; } = content;

    /// <summary>The representation whose rules it breaks (PS3.5 section 6.2).</summary>
    public DicomVR VR { get; } = vr;
}
