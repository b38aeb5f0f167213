namespace Gateway.DicomNetwork;

/// <summary>Attributes a <see cref="HeaderScan"/> picks up: group in the high, element in the low sixteen bits (PS3.6).</summary>
public enum HeaderTag : uint
{
    SpecificCharacterSet = 0x0008_0005,
    SopClassUid = 0x0008_0016,
    SopInstanceUid = 0x0008_0018,
    StudyDate = 0x0008_0020,
    StudyTime = 0x0008_0030,
    AccessionNumber = 0x0008_0050,
    Modality = 0x0008_0060,
    TimezoneOffsetFromUtc = 0x0008_0201,
    StudyDescription = 0x0008_1030,
    SeriesDescription = 0x0008_103E,
    PatientId = 0x0010_0020,
    IssuerOfPatientId = 0x0010_0021,
    BodyPartExamined = 0x0018_0015,
    StudyInstanceUid = 0x0020_000D,
    SeriesInstanceUid = 0x0020_000E,
    SeriesNumber = 0x0020_0011,
    InstanceNumber = 0x0020_0013,
    SamplesPerPixel = 0x0028_0002,
    PhotometricInterpretation = 0x0028_0004,
    NumberOfFrames = 0x0028_0008,
    Rows = 0x0028_0010,
    Columns = 0x0028_0011,
    BitsAllocated = 0x0028_0100,
}
