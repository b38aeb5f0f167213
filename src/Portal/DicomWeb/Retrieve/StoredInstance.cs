namespace Gateway.Portal.DicomWeb;

/// <summary>An instance that is retrieved.</summary>
/// <param name="Syntax">UID of the transfer syntax it is stored in.</param>
/// <param name="Bytes">Of the stored file.</param>
internal sealed record StoredInstance(
    string StudyUid, string SeriesUid, string SopUid, string Syntax, string Sha256, long Bytes, DateTimeOffset ReceivedAt);
