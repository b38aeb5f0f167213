namespace Gateway.Dicom;

/// <summary>What a UID of PS3.6 annex A identifies.</summary>
public enum DicomUidType
{
    TransferSyntax,
    SOPClass,
    MetaSOPClass,
    ServiceClass,
    SOPInstance,
    ApplicationContextName,
    Unknown = 12,
}
