using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>Writes a Key Object Selection Document (PS3.3 A.35.4, PS3.16 TID 2010) that rejects all images of a series, as IHE IOCM asks.
/// </summary>
public static class RejectionNote
{
    /// <summary>Of patient and study, as the rejected images have them: a note lies where they lie.</summary>
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

    /// <param name="rejected">Headers of the rejected images, all of one series, at least one.</param>
    /// <param name="title">Why they are rejected.</param>
    /// <param name="now">When, by the gateway's own clock.</param>
    /// <returns>A file in Explicit VR Little Endian; its UIDs follow from those of the series and the title.</returns>
    public static DicomFile Write(IReadOnlyList<DicomDataset> rejected, RejectionTitle title, DateTimeOffset now)
    {
        var (first, dataset) = (rejected[0], new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian).NotValidated());
        first.CopyTo(dataset, [.. Copied.Where(first.Contains)]);
        foreach (var tag in CopiedOrEmpty)
            DerivedIdentity.CopyOrEmpty(dataset, first, tag);
        var series = first.GetSingleValue<string>(DicomTag.SeriesInstanceUID);
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.KeyObjectSelectionDocumentStorage.UID)
            .AddOrUpdate(DicomTag.SOPInstanceUID, Uid("rejection-note", series, title))
            .AddOrUpdate(DicomTag.SeriesInstanceUID, Uid("rejection-series", series, title))
            .AddOrUpdate(DicomTag.Modality, "KO").AddOrUpdate(DicomTag.InstanceNumber, "1")
            .AddOrUpdate(DicomTag.SeriesDescription, title.Meaning)
            .AddOrUpdate(new DicomSequence(DicomTag.ReferencedPerformedProcedureStepSequence))
            .AddOrUpdate(DicomTag.ManufacturerModelName, "Gateway").AddOrUpdate(DicomTag.SoftwareVersions, GatewayVersion.Text);
        first.CopyTo(dataset, DicomTag.SeriesNumber, DicomTag.Manufacturer);
        WriteTimes(dataset, first, now);
        WriteContent(dataset, rejected, title);
        return DerivedSeriesWriter.Wrap(dataset);
    }

    /// <summary>Key Object Document and SR Document Content (PS3.3 C.17.6.2, C.17.3).</summary>
    private static void WriteContent(DicomDataset dataset, IReadOnlyList<DicomDataset> rejected, RejectionTitle title)
    {
        var first = rejected[0];
        dataset.AddOrUpdate(new DicomSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence, new DicomDataset().NotValidated()
            .AddOrUpdate(DicomTag.StudyInstanceUID, first.GetSingleValue<string>(DicomTag.StudyInstanceUID))
            .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSeriesSequence, new DicomDataset().NotValidated()
                .AddOrUpdate(DicomTag.SeriesInstanceUID, first.GetSingleValue<string>(DicomTag.SeriesInstanceUID))
                .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSOPSequence, [.. rejected.Select(Reference)]))))));
        dataset.AddOrUpdate(DicomTag.ValueType, "CONTAINER")
            .AddOrUpdate(new DicomSequence(DicomTag.ConceptNameCodeSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.CodeValue, title.Code).AddOrUpdate(DicomTag.CodingSchemeDesignator, "DCM")
                .AddOrUpdate(DicomTag.CodeMeaning, title.Meaning)))
            .AddOrUpdate(DicomTag.ContinuityOfContent, "SEPARATE")
            .AddOrUpdate(new DicomSequence(DicomTag.ContentTemplateSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.MappingResource, "DCMR").AddOrUpdate(DicomTag.TemplateIdentifier, "2010")))
            .AddOrUpdate(new DicomSequence(DicomTag.ContentSequence, [.. rejected.Select(image => new DicomDataset()
                .AddOrUpdate(DicomTag.RelationshipType, "CONTAINS").AddOrUpdate(DicomTag.ValueType, "IMAGE")
                .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSOPSequence, Reference(image))))]));
    }

    private static DicomDataset Reference(DicomDataset image) => new DicomDataset().NotValidated()
        .AddOrUpdate(DicomTag.ReferencedSOPClassUID, image.GetSingleValue<string>(DicomTag.SOPClassUID))
        .AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, image.GetSingleValue<string>(DicomTag.SOPInstanceUID));

    /// <summary>On the clock of the rejected images, where they say it.</summary>
    private static void WriteTimes(DicomDataset dataset, DicomDataset rejected, DateTimeOffset now)
    {
        var said = StudyStart.ParseOffset(DerivedIdentity.Text(rejected, DicomTag.TimezoneOffsetFromUTC));
        var local = said is { } offset ? now.ToOffset(offset) : now;
        foreach (var tag in (DicomTag[])[DicomTag.InstanceCreationDate, DicomTag.SeriesDate, DicomTag.ContentDate])
            dataset.AddOrUpdate(tag, local.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        foreach (var tag in (DicomTag[])[DicomTag.InstanceCreationTime, DicomTag.SeriesTime, DicomTag.ContentTime])
            dataset.AddOrUpdate(tag, local.ToString("HHmmss", CultureInfo.InvariantCulture));
    }

    private static string Uid(string kind, string series, RejectionTitle title) =>
        NameBasedUuid.ToOid(NameBasedUuid.Create(NameBasedUuid.Gateway, $"{kind}|{series}|{title.Code}"));
}
