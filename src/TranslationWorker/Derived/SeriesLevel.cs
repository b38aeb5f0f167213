namespace Gateway.TranslationWorker;

/// <summary>What is one for all images of a series: patient, study, series, frame of reference and equipment (PS3.3 A.1.2, C.7.1 to C.7.5).
/// Headers of one received series may differ in it; those of a derived one may not.</summary>
internal static class SeriesLevel
{
    private static readonly DicomTag[] Attributes =
    [
        DicomTag.SpecificCharacterSet, DicomTag.TimezoneOffsetFromUTC,
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.OtherPatientIDsSequence, DicomTag.PatientBirthDate,
        DicomTag.PatientSex, DicomTag.PatientAge, DicomTag.PatientSize, DicomTag.PatientWeight,
        DicomTag.PatientIdentityRemoved, DicomTag.DeidentificationMethod, DicomTag.DeidentificationMethodCodeSequence,
        DicomTag.LongitudinalTemporalInformationModified,
        DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.ReferringPhysicianName,
        DicomTag.StudyID, DicomTag.StudyDescription,
        DicomTag.SeriesInstanceUID, DicomTag.SeriesNumber, DicomTag.SeriesDescription, DicomTag.Modality, DicomTag.BodyPartExamined,
        DicomTag.PatientPosition, DicomTag.FrameOfReferenceUID, DicomTag.PositionReferenceIndicator,
        DicomTag.Manufacturer, DicomTag.ManufacturerModelName, DicomTag.InstitutionName, DicomTag.StationName, DicomTag.DeviceSerialNumber,
        DicomTag.SoftwareVersions,
    ];

    /// <summary>An image's header with the series level of another image of its series.</summary>
    public static DicomDataset Of(DicomDataset image, DicomDataset other)
    {
        var header = image.Clone().Remove(Attributes);
        other.CopyTo(header, [.. Attributes.Where(other.Contains)]);
        return header;
    }
}
