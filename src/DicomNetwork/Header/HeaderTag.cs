namespace Gateway.DicomNetwork;

/// <summary>Attributes a <see cref="HeaderScan"/> picks up: group in the high, element in the low sixteen bits (PS3.6 §6).</summary>
public enum HeaderTag : uint
{
    /// <summary>Specific Character Set (0008,0005) (PS3.6 §6).</summary>
    SpecificCharacterSet = 0x0008_0005,

    /// <summary>SOP Class UID (0008,0016) (PS3.6 §6).</summary>
    SopClassUid = 0x0008_0016,

    /// <summary>SOP Instance UID (0008,0018) (PS3.6 §6).</summary>
    SopInstanceUid = 0x0008_0018,

    /// <summary>Study Date (0008,0020) (PS3.6 §6).</summary>
    StudyDate = 0x0008_0020,

    /// <summary>Study Time (0008,0030) (PS3.6 §6).</summary>
    StudyTime = 0x0008_0030,

    /// <summary>Accession Number (0008,0050) (PS3.6 §6).</summary>
    AccessionNumber = 0x0008_0050,

    /// <summary>Modality (0008,0060) (PS3.6 §6).</summary>
    Modality = 0x0008_0060,

    /// <summary>Timezone Offset From UTC (0008,0201) (PS3.6 §6).</summary>
    TimezoneOffsetFromUtc = 0x0008_0201,

    /// <summary>Study Description (0008,1030) (PS3.6 §6).</summary>
    StudyDescription = 0x0008_1030,

    /// <summary>Series Description (0008,103E) (PS3.6 §6).</summary>
    SeriesDescription = 0x0008_103E,

    /// <summary>Patient's Name (0010,0010) (PS3.6 §6).</summary>
    PatientName = 0x0010_0010,

    /// <summary>Patient ID (0010,0020) (PS3.6 §6).</summary>
    PatientId = 0x0010_0020,

    /// <summary>Issuer of Patient ID (0010,0021) (PS3.6 §6).</summary>
    IssuerOfPatientId = 0x0010_0021,

    /// <summary>Patient's Birth Date (0010,0030) (PS3.6 §6).</summary>
    PatientBirthDate = 0x0010_0030,

    /// <summary>Patient's Sex (0010,0040) (PS3.6 §6).</summary>
    PatientSex = 0x0010_0040,

    /// <summary>Body Part Examined (0018,0015) (PS3.6 §6).</summary>
    BodyPartExamined = 0x0018_0015,

    /// <summary>Study Instance UID (0020,000D) (PS3.6 §6).</summary>
    StudyInstanceUid = 0x0020_000D,

    /// <summary>Series Instance UID (0020,000E) (PS3.6 §6).</summary>
    SeriesInstanceUid = 0x0020_000E,

    /// <summary>Series Number (0020,0011) (PS3.6 §6).</summary>
    SeriesNumber = 0x0020_0011,

    /// <summary>Instance Number (0020,0013) (PS3.6 §6).</summary>
    InstanceNumber = 0x0020_0013,

    /// <summary>Number of Study Related Instances (0020,1208) (PS3.6 §6).</summary>
    NumberOfStudyRelatedInstances = 0x0020_1208,

    /// <summary>Samples Per Pixel (0028,0002) (PS3.6 §6).</summary>
    SamplesPerPixel = 0x0028_0002,

    /// <summary>Photometric Interpretation (0028,0004) (PS3.6 §6).</summary>
    PhotometricInterpretation = 0x0028_0004,

    /// <summary>Number Of Frames (0028,0008) (PS3.6 §6).</summary>
    NumberOfFrames = 0x0028_0008,

    /// <summary>Rows (0028,0010) (PS3.6 §6).</summary>
    Rows = 0x0028_0010,

    /// <summary>Columns (0028,0011) (PS3.6 §6).</summary>
    Columns = 0x0028_0011,

    /// <summary>Bits Allocated (0028,0100) (PS3.6 §6).</summary>
    BitsAllocated = 0x0028_0100,

    /// <summary>Requested Procedure Priority (0040,1003) (PS3.6 §6).</summary>
    RequestedProcedurePriority = 0x0040_1003,
}
