using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>What a reader says of results in a received structured report (IHE AIRA's idea): codes that the site knows, beside the
/// objects that they are about.</summary>
/// <param name="By">Who, parts of the name parted by spaces.</param>
/// <param name="Verdicts">At least one.</param>
public sealed record ReceivedReport(string By, IReadOnlyList<ReceivedReport.Said> Verdicts)
{
    /// <summary>More than a reader says of one study: then it is something else.</summary>
    private const int MostVerdicts = 100;

    private static readonly HashSet<string> Classes =
    [
        DicomUID.BasicTextSRStorage.UID, DicomUID.EnhancedSRStorage.UID, DicomUID.ComprehensiveSRStorage.UID,
        DicomUID.Comprehensive3DSRStorage.UID, DicomUID.ExtensibleSRStorage.UID,
    ];

    /// <summary>SOP classes of such reports.</summary>
    public static IReadOnlyCollection<string> SopClasses => Classes;

    /// <returns>Null: it is not complete, names no person, or says nothing by a code that is known.</returns>
    public static ReceivedReport? Of(DicomDataset dataset, VerdictOptions codes)
    {
        if (DerivedIdentity.Text(dataset, DicomTag.CompletionFlag) == "PARTIAL"
            || DerivedIdentity.Text(dataset, DicomTag.PreliminaryFlag) == "PRELIMINARY")
            return null;
        var root = ReportItem.Of(dataset);
        var by = Person(root, dataset);
        var verdicts = by.Length == 0 ? [] : Find(root, [], codes, Evidence(dataset)).Take(MostVerdicts + 1).ToList();
        return verdicts.Count is 0 or > MostVerdicts ? null : new(by, verdicts);
    }

    /// <summary>What it says of one result; null where it says nothing of it, or two things.</summary>
    /// <param name="uids">SOP and Series Instance UIDs of the result and of the reports on it.</param>
    public Said? About(IReadOnlySet<string> uids)
    {
        var about = Verdicts.Where(said => said.Uids.Any(uids.Contains)).ToList();
        var decisions = about.Where(said => said.Kind != VerdictKind.Commented).ToList();
        var isTorn = decisions.DistinctBy(said => (said.Kind, said.Title)).Count() > 1;
        return isTorn ? null : decisions.Concat(about).FirstOrDefault();
    }

    /// <summary>A code is about what the innermost item around it names that names anything; where none does, about the evidence.</summary>
    private static IEnumerable<Said> Find(
        ReportItem item, IReadOnlyList<ReportItem> around, VerdictOptions codes, IReadOnlyList<string> evidence)
    {
        IReadOnlyList<ReportItem> path = [item, .. around];
        if (codes.Of(item.Value.Scheme, item.Value.Value) is { } verdict)
        {
            var why = path.Select(one => one.Text).FirstOrDefault(text => text.Length > 0, "");
            var uids = path.FirstOrDefault(one => one.Uids.Count > 0)?.Uids ?? evidence;
            if (why.Length > 0 || verdict.Kind != VerdictKind.Commented)
                yield return new(verdict.Kind, verdict.Title, why.Length > 0 ? why : item.Value.Meaning, uids);
        }
        foreach (var below in item.Children.SelectMany(child => Find(child, path, codes, evidence)))
            yield return below;
    }

    private static string Person(ReportItem root, DicomDataset dataset) => ReportItem.Items(dataset, DicomTag.AuthorObserverSequence)
        .Where(author => DerivedIdentity.Text(author, DicomTag.ObserverType) == "PSN")
        .Select(author => ReportItem.Name(author, DicomTag.PersonName))
        .Concat(ReportItem.Items(dataset, DicomTag.VerifyingObserverSequence)
            .Select(one => ReportItem.Name(one, DicomTag.VerifyingObserverName)))
        .Prepend(root.Person).FirstOrDefault(name => name.Length > 0, "");

    private static List<string> Evidence(DicomDataset dataset) =>
    [
        .. ((DicomTag[])[DicomTag.CurrentRequestedProcedureEvidenceSequence, DicomTag.PertinentOtherEvidenceSequence])
            .SelectMany(tag => ReportItem.Items(dataset, tag))
            .SelectMany(study => ReportItem.Items(study, DicomTag.ReferencedSeriesSequence))
            .SelectMany(series => ReportItem.Items(series, DicomTag.ReferencedSOPSequence))
            .Select(one => DerivedIdentity.Text(one, DicomTag.ReferencedSOPInstanceUID)),
    ];

    /// <summary>One verdict.</summary>
    /// <param name="Title">Of a rejection: code of the notes that archives are sent.</param>
    /// <param name="Why">The reader's words, or what the code means; may be empty.</param>
    /// <param name="Uids">What it is about.</param>
    public sealed record Said(VerdictKind Kind, string? Title, string Why, IReadOnlyList<string> Uids);
}
