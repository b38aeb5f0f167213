namespace Gateway.DicomNetwork;

/// <summary>An instance as another object refers to it: Referenced SOP Class UID (0008,1150) and Referenced SOP Instance UID (0008,1155),
/// PS3.3 §10.8.</summary>
public sealed record SopReference(Uid SopClassUid, Uid SopInstanceUid);
