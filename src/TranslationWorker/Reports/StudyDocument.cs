namespace Gateway.TranslationWorker;

/// <summary>What the documents that we write about images of a study have in common (PS3.3 C.7.1, C.7.2, C.17.2): whose they are, and what
/// they refer to.</summary>
internal static class StudyDocument
{
    /// <summary>Of patient and study, as the images have them: a document lies where they lie.</summary>
    private static readonly DicomTag[] Copied =
    [
        DicomTag.SpecificCharacterSet, DicomTag.TimezoneOffsetFromUTC, DicomTag.IssuerOfPatientID, DicomTag.StudyInstanceUID,
        DicomTag.StudyDescription,
    ];

    private static readonly DicomTag[] CopiedOrEmpty =
    [
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyDate, DicomTag.StudyTime,
        DicomTag.AccessionNumber, DicomTag.ReferringPhysicianName, DicomTag.StudyID,
    ];

    /// <summary>A data set in the study of an image of ours, made by the same gateway.</summary>
    /// <param name="image">Header of the image.</param>
    /// <param name="sopClass">What is written.</param>
    /// <param name="modality">As <c>SR</c>.</param>
    public static DicomDataset Begin(DicomDataset image, DicomUID sopClass, string modality)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian).NotValidated();
        image.CopyTo(dataset, [.. Copied.Where(image.Contains)]);
        foreach (var tag in CopiedOrEmpty)
            DerivedIdentity.CopyOrEmpty(dataset, image, tag);
        image.CopyTo(dataset, DicomTag.Manufacturer);
        return dataset.AddOrUpdate(DicomTag.SOPClassUID, sopClass.UID)
            .AddOrUpdate(DicomTag.Modality, modality).AddOrUpdate(DicomTag.InstanceNumber, "1")
            .AddOrUpdate(new DicomSequence(DicomTag.ReferencedPerformedProcedureStepSequence))
            .AddOrUpdate(DicomTag.ManufacturerModelName, "Gateway").AddOrUpdate(DicomTag.SoftwareVersions, GatewayVersion.Text);
    }

    /// <summary>Current Requested Procedure Evidence (PS3.3 C.17.2.3): everything that the document names, by series.</summary>
    /// <param name="study">Study Instance UID.</param>
    /// <param name="series">Series Instance UID and items of <see cref="Reference"/>, at least one.</param>
    public static DicomSequence Evidence(string study, params IEnumerable<(string Uid, IEnumerable<DicomDataset> Items)> series) => new(
        DicomTag.CurrentRequestedProcedureEvidenceSequence, new DicomDataset().NotValidated()
            .AddOrUpdate(DicomTag.StudyInstanceUID, study)
            .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSeriesSequence, [.. series.Select(one => new DicomDataset().NotValidated()
                .AddOrUpdate(DicomTag.SeriesInstanceUID, one.Uid)
                .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSOPSequence, [.. one.Items])))])));

    /// <summary>Names an object.</summary>
    public static DicomDataset Reference(string sopClass, string uid) => new DicomDataset().NotValidated()
        .AddOrUpdate(DicomTag.ReferencedSOPClassUID, sopClass).AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, uid);

    /// <summary>Names an object by its header.</summary>
    public static DicomDataset Reference(DicomDataset image) => Reference(
        image.GetSingleValue<string>(DicomTag.SOPClassUID), image.GetSingleValue<string>(DicomTag.SOPInstanceUID));
}
