namespace Gateway.TranslationWorker.Tests.Verdicts;

/// <summary>Structured reports as a reading room would send them: Comprehensive SR, one reader, one or more verdicts.</summary>
internal static class ReaderReport
{
    public static DicomDataset Code(string scheme, string value) => new DicomDataset()
        .AddOrUpdate(DicomTag.CodeValue, value).AddOrUpdate(DicomTag.CodingSchemeDesignator, scheme)
        .AddOrUpdate(DicomTag.CodeMeaning, value);

    public static DicomDataset Item(string type, string? concept = null) => Named(new DicomDataset().NotValidated()
        .AddOrUpdate(DicomTag.RelationshipType, "CONTAINS").AddOrUpdate(DicomTag.ValueType, type), concept);

    public static DicomDataset Group(params DicomDataset[] items) =>
        Item("CONTAINER", "125007").AddOrUpdate(new DicomSequence(DicomTag.ContentSequence, items));

    public static DicomDataset Verdict(string code) => Item("CODE", "121071").AddOrUpdate(
        new DicomSequence(DicomTag.ConceptCodeSequence, Code(code.Split('|')[0], code.Split('|')[1])));

    public static DicomDataset Comment(string text) => Item("TEXT", "121106").AddOrUpdate(DicomTag.TextValue, text);

    public static DicomDataset Image(string uid) => Item("IMAGE").AddOrUpdate(
        new DicomSequence(DicomTag.ReferencedSOPSequence, Reference(uid)));

    public static DicomDataset Reader(string name = "Roe^Anna^^Dr.") =>
        Item("PNAME", "121008").AddOrUpdate(DicomTag.PersonName, name);

    /// <param name="study">Study Instance UID.</param>
    /// <param name="evidence">SOP Instance UIDs of the evidence; none leaves it out.</param>
    /// <param name="content">Below the root.</param>
    public static DicomDataset Document(string study, IReadOnlyList<string> evidence, params DicomDataset[] content)
    {
        var dataset = Named(new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian).NotValidated(), "126000")
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.ComprehensiveSRStorage.UID)
            .AddOrUpdate(DicomTag.SOPInstanceUID, "2.25.4711").AddOrUpdate(DicomTag.SeriesInstanceUID, "2.25.4712")
            .AddOrUpdate(DicomTag.StudyInstanceUID, study).AddOrUpdate(DicomTag.Modality, "SR")
            .AddOrUpdate(DicomTag.PatientID, "P1").AddOrUpdate(DicomTag.CompletionFlag, "COMPLETE")
            .AddOrUpdate(DicomTag.VerificationFlag, "UNVERIFIED").AddOrUpdate(DicomTag.ValueType, "CONTAINER")
            .AddOrUpdate(new DicomSequence(DicomTag.ContentSequence, content));
        return evidence.Count == 0 ? dataset : dataset.AddOrUpdate(new DicomSequence(
            DicomTag.CurrentRequestedProcedureEvidenceSequence, new DicomDataset().NotValidated()
                .AddOrUpdate(DicomTag.StudyInstanceUID, study)
                .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSeriesSequence, new DicomDataset().NotValidated()
                    .AddOrUpdate(DicomTag.SeriesInstanceUID, "2.25.1")
                    .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSOPSequence, [.. evidence.Select(Reference)]))))));
    }

    private static DicomDataset Reference(string uid) => new DicomDataset().NotValidated()
        .AddOrUpdate(DicomTag.ReferencedSOPClassUID, DicomUID.CTImageStorage.UID).AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, uid);

    private static DicomDataset Named(DicomDataset item, string? concept) => concept is null ? item
        : item.AddOrUpdate(new DicomSequence(DicomTag.ConceptNameCodeSequence, Code("DCM", concept)));
}
