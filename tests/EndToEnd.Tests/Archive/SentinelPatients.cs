using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>Phantom patients, each with a T2 and a CT, whose headers say a word in every text that nobody may find anywhere else.</summary>
internal static class SentinelPatients
{
    public const string Word = "SENTINEL";

    // What a scanner may fill in by hand, and what a phantom's header has no value for.
    private static readonly DicomTag[] Added =
    [
        DicomTag.IssuerOfPatientID, DicomTag.OtherPatientNames, DicomTag.PatientBirthName, DicomTag.PatientMotherBirthName,
        DicomTag.PatientAddress, DicomTag.PatientTelephoneNumbers,
        DicomTag.PatientComments, DicomTag.AdditionalPatientHistory, DicomTag.EthnicGroup, DicomTag.Occupation, DicomTag.MedicalAlerts,
        DicomTag.Allergies,
        DicomTag.ReferringPhysicianName, DicomTag.PhysiciansOfRecord, DicomTag.PerformingPhysicianName,
        DicomTag.NameOfPhysiciansReadingStudy, DicomTag.OperatorsName,
        DicomTag.RequestingPhysician, DicomTag.ResponsiblePerson, DicomTag.InstitutionName, DicomTag.InstitutionAddress,
        DicomTag.InstitutionalDepartmentName, DicomTag.StationName,
        DicomTag.DeviceSerialNumber, DicomTag.SoftwareVersions, DicomTag.ProtocolName, DicomTag.ImageComments,
        DicomTag.RequestedProcedureDescription,
        DicomTag.PerformedProcedureStepDescription, DicomTag.PerformedProcedureStepID, DicomTag.AcquisitionDeviceProcessingDescription,
    ];

    private static readonly DicomVR[] Texts = [DicomVR.LO, DicomVR.SH, DicomVR.PN, DicomVR.LT, DicomVR.ST, DicomVR.UT, DicomVR.UC];

    /// <returns>Patient ID (0010,0020) as the images have it.</returns>
    public static string PatientId(ulong seed) => $"PHANTOM-{seed} {Word}";

    /// <summary>Writes the two series of a patient into folders of their own.</summary>
    public static IEnumerable<string> Write(
        string folder, ulong seed) => ((PhantomKind[])[PhantomKind.T2, PhantomKind.HeadCt]).Select(kind =>
    {
        var path = Path.Combine(folder, $"{seed}-{kind}");
        Directory.CreateDirectory(path);
        var number = 0;
        foreach (var image in PhantomSeries.Create(new() { Kind = kind, Seed = seed, Size = 192, Spacing = 1.2 }))
        {
            Mark(image);
            new DicomFile(image).Save(Path.Combine(path, $"IM{++number:0000}.dcm"));
        }
        return path;
    });

    private static void Mark(DicomDataset image)
    {
        var present = image.Where(item => Texts.Contains(item.ValueRepresentation)).Select(item => item.Tag).ToList();
        foreach (var tag in present.Union(Added))
            image.AddOrUpdate(tag, $"{image.GetSingleValueOrDefault(tag, "")} {Word}".Trim());
        image.AddOrUpdate(
            DicomTag.RequestAttributesSequence,
            new DicomDataset { { DicomTag.ScheduledProcedureStepDescription, Word }, { DicomTag.RequestedProcedureID, Word } });
    }
}
