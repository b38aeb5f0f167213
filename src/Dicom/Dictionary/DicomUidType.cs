namespace Gateway.Dicom;

/// <summary>What a UID of PS3.6 annex A identifies.</summary>
public enum DicomUidType
{
    /// <summary>A transfer syntax (PS3.6 annex A).</summary>
    TransferSyntax,
    /// <summary>A SOP class (PS3.6 annex A).</summary>
    SOPClass,
    /// <summary>A meta SOP class (PS3.6 annex A).</summary>
    MetaSOPClass,
    /// <summary>A service class (PS3.6 annex A).</summary>
    ServiceClass,
    /// <summary>A well-known SOP instance (PS3.6 annex A).</summary>
    SOPInstance,
    /// <summary>The application context (PS3.6 annex A).</summary>
    ApplicationContextName,
    /// <summary>Something that the annex does not list (PS3.6 annex A).</summary>
    Unknown = 12,
}
