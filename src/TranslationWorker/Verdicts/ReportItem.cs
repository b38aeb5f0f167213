namespace Gateway.TranslationWorker;

/// <summary>A content item of a received structured report (PS3.3 C.17.3) with what stands below it.</summary>
internal sealed class ReportItem
{
    /// <summary>DCM: Series Instance UID as a value, and what a reader's words are called (PS3.16 TID 1001, 1500, 2000, 2010).</summary>
    private const string SeriesUid = "112002", PersonObserverName = "121008";
    private static readonly string[] Words = ["121106", "113012", "121077", "121111"];

    private ReportItem(DicomDataset item)
    {
        var concept = Code(item, DicomTag.ConceptNameCodeSequence);
        var type = DerivedIdentity.Text(item, DicomTag.ValueType);
        Children = [.. Items(item, DicomTag.ContentSequence).Select(child => new ReportItem(child))];
        Value = type == "CODE" ? Code(item, DicomTag.ConceptCodeSequence) : ("", "", "");
        Person = type == "PNAME" && concept is ("DCM", PersonObserverName, _)
            ? Name(item, DicomTag.PersonName) : Children.Select(child => child.Person).FirstOrDefault(name => name.Length > 0, "");
        Text = type == "TEXT" && concept.Scheme == "DCM" && Words.Contains(concept.Value)
            ? Said(item, DicomTag.TextValue) : Children.Select(child => child.Text).FirstOrDefault(text => text.Length > 0, "");
        Uids = [.. References(item, type, concept), .. Children.SelectMany(child => child.Uids)];
    }

    public IReadOnlyList<ReportItem> Children { get; }

    /// <summary>Of a CODE; else empty.</summary>
    public (string Scheme, string Value, string Meaning) Value { get; }

    /// <summary>The first Person Observer Name in it or below it; empty where there is none.</summary>
    public string Person { get; }

    /// <summary>The first words of a reader in it or below it; empty where there are none.</summary>
    public string Text { get; }

    /// <summary>Objects and series that it and what is below it name.</summary>
    public IReadOnlyList<string> Uids { get; }

    /// <param name="document">The whole data set: the root of the tree.</param>
    public static ReportItem Of(DicomDataset document) => new(document);

    /// <summary>A person's name, parts parted by spaces.</summary>
    public static string Name(DicomDataset dataset, DicomTag tag) => string.Join(' ', Said(dataset, tag).Split('=')[0]
        .Split('^', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static IEnumerable<DicomDataset> Items(DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetSequence(tag, out var sequence) ? sequence.Items : [];

    private static IEnumerable<string> References(DicomDataset item, string type, (string Scheme, string Value, string Meaning) concept)
    {
        foreach (var reference in Items(item, DicomTag.ReferencedSOPSequence))
            if (DerivedIdentity.Text(reference, DicomTag.ReferencedSOPInstanceUID) is { Length: > 0 } uid)
                yield return uid;
        if (type == "UIDREF" && concept is ("DCM", SeriesUid, _) && DerivedIdentity.Text(item, DicomTag.UID) is { Length: > 0 } series)
            yield return series;
    }

    private static (string Scheme, string Value, string Meaning) Code(DicomDataset item, DicomTag tag) =>
        Items(item, tag).FirstOrDefault() is { } code
            ? (DerivedIdentity.Text(code, DicomTag.CodingSchemeDesignator), DerivedIdentity.Text(code, DicomTag.CodeValue),
                DerivedIdentity.Text(code, DicomTag.CodeMeaning))
            : ("", "", "");

    private static string Said(DicomDataset item, DicomTag tag) =>
        item.TryGetString(tag, out var text) ? PlainText.Of(text).Trim() : "";
}
