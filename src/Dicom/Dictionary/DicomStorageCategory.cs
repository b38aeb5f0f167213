namespace Gateway.Dicom;

/// <summary>What kind of object a storage SOP class stores.</summary>
public enum DicomStorageCategory
{
    None,
    Image,
    PresentationState,
    StructuredReport,
    Waveform,
    Document,
    Raw,
    Other,
    Private,
    Volume,
}
