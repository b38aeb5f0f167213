namespace Gateway.TranslationWorker;

/// <summary>What a received rejection note says (PS3.16 TID 2010, IHE IOCM).</summary>
/// <param name="Title">Why.</param>
/// <param name="Uids">SOP Instance UIDs of what it rejects.</param>
/// <param name="By">Its Person Observer Name, parts of the name parted by spaces; empty where it names nobody.</param>
/// <param name="Why">Its Key Object Description; empty where it has none.</param>
public sealed record ReceivedNote(RejectionTitle Title, IReadOnlyList<string> Uids, string By, string Why)
{
    /// <summary>PS3.16 TID 1002, TID 2010.</summary>
    private const string PersonObserverName = "121008", KeyObjectDescription = "113012";

    /// <returns>Null: a document that rejects nothing.</returns>
    public static ReceivedNote? Of(DicomDataset dataset)
    {
        var uids = Items(dataset, DicomTag.CurrentRequestedProcedureEvidenceSequence)
            .SelectMany(study => Items(study, DicomTag.ReferencedSeriesSequence))
            .SelectMany(series => Items(series, DicomTag.ReferencedSOPSequence))
            .Select(image => DerivedIdentity.Text(image, DicomTag.ReferencedSOPInstanceUID)).Distinct().ToList();
        var title = Items(dataset, DicomTag.ConceptNameCodeSequence).Select(Code).Select(RejectionTitle.Of).FirstOrDefault();
        var name = Content(dataset, PersonObserverName, DicomTag.PersonName).Split('=')[0];
        return title is null || uids.Count == 0 ? null : new(
            title, uids, string.Join(' ', name.Split('^', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
            Content(dataset, KeyObjectDescription, DicomTag.TextValue));
    }

    private static string Content(DicomDataset dataset, string concept, DicomTag value) =>
        Items(dataset, DicomTag.ContentSequence).Where(item => Items(item, DicomTag.ConceptNameCodeSequence).Any(c => Code(c) == concept))
            .Select(item => item.TryGetString(value, out var text) ? PlainText.Of(text).Trim() : "").FirstOrDefault("");

    /// <summary>Of DCM; empty for a code of another scheme.</summary>
    private static string Code(DicomDataset code) => DerivedIdentity.Text(code, DicomTag.CodingSchemeDesignator) == "DCM"
        ? DerivedIdentity.Text(code, DicomTag.CodeValue) : "";

    private static IEnumerable<DicomDataset> Items(DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetSequence(tag, out var sequence) ? sequence.Items : [];
}
