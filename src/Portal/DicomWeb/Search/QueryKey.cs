namespace Gateway.Portal.DicomWeb;

/// <summary>An attribute that a search can ask for (PS3.18 table 10.6.1-5).</summary>
/// <param name="Keyword">As PS3.6 has it.</param>
/// <param name="Level">The highest level at which it may be asked for.</param>
internal sealed record QueryKey(DicomTag Tag, string Keyword, QueryLevel Level, KeyKind Kind)
{
    public static readonly IReadOnlyList<QueryKey> All =
    [
        new(DicomTag.StudyDate, nameof(DicomTag.StudyDate), QueryLevel.Study, KeyKind.Date),
        new(DicomTag.StudyTime, nameof(DicomTag.StudyTime), QueryLevel.Study, KeyKind.Time),
        new(DicomTag.AccessionNumber, nameof(DicomTag.AccessionNumber), QueryLevel.Study, KeyKind.Text),
        new(DicomTag.ModalitiesInStudy, nameof(DicomTag.ModalitiesInStudy), QueryLevel.Study, KeyKind.Code),
        new(DicomTag.StudyDescription, nameof(DicomTag.StudyDescription), QueryLevel.Study, KeyKind.Text),
        new(DicomTag.PatientName, nameof(DicomTag.PatientName), QueryLevel.Study, KeyKind.Name),
        new(DicomTag.PatientID, nameof(DicomTag.PatientID), QueryLevel.Study, KeyKind.Text),
        new(DicomTag.IssuerOfPatientID, nameof(DicomTag.IssuerOfPatientID), QueryLevel.Study, KeyKind.Text),
        new(DicomTag.PatientBirthDate, nameof(DicomTag.PatientBirthDate), QueryLevel.Study, KeyKind.Date),
        new(DicomTag.PatientSex, nameof(DicomTag.PatientSex), QueryLevel.Study, KeyKind.Code),
        new(DicomTag.StudyInstanceUID, nameof(DicomTag.StudyInstanceUID), QueryLevel.Study, KeyKind.Uid),
        new(DicomTag.Modality, nameof(DicomTag.Modality), QueryLevel.Series, KeyKind.Code),
        new(DicomTag.SeriesDescription, nameof(DicomTag.SeriesDescription), QueryLevel.Series, KeyKind.Text),
        new(DicomTag.SeriesInstanceUID, nameof(DicomTag.SeriesInstanceUID), QueryLevel.Series, KeyKind.Uid),
        new(DicomTag.SeriesNumber, nameof(DicomTag.SeriesNumber), QueryLevel.Series, KeyKind.Number),
        new(DicomTag.SOPClassUID, nameof(DicomTag.SOPClassUID), QueryLevel.Instance, KeyKind.Uid),
        new(DicomTag.SOPInstanceUID, nameof(DicomTag.SOPInstanceUID), QueryLevel.Instance, KeyKind.Uid),
        new(DicomTag.InstanceNumber, nameof(DicomTag.InstanceNumber), QueryLevel.Instance, KeyKind.Number),
    ];

    private static readonly Dictionary<DicomTag, QueryKey> ByTag = All.ToDictionary(key => key.Tag);

    /// <summary>Null for an attribute that no search can ask for.</summary>
    public static QueryKey? Find(DicomTag tag) => ByTag.GetValueOrDefault(tag);
}
