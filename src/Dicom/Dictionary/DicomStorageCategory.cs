namespace Gateway.Dicom;

/// <summary>What kind of object a storage SOP class stores (PS3.4 annex B.5).</summary>
public enum DicomStorageCategory
{
    /// <summary>Not a storage SOP class (PS3.4 annex B.5).</summary>
    None,
    /// <summary>Images (PS3.4 annex B.5).</summary>
    Image,
    /// <summary>Presentation states (PS3.4 annex B.5).</summary>
    PresentationState,
    /// <summary>Structured reports (PS3.4 annex B.5).</summary>
    StructuredReport,
    /// <summary>Waveforms (PS3.4 annex B.5).</summary>
    Waveform,
    /// <summary>Encapsulated documents (PS3.4 annex B.5).</summary>
    Document,
    /// <summary>Raw data (PS3.4 annex B.5).</summary>
    Raw,
    /// <summary>Any other kind (PS3.4 annex B.5).</summary>
    Other,
    /// <summary>A SOP class that the standard does not know (PS3.4 annex B.5).</summary>
    Private,
    /// <summary>Volumes (PS3.4 annex B.5).</summary>
    Volume,
}
