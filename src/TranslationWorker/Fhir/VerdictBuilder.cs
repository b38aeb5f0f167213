using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

using Series = Gateway.Persistence.Series;

namespace Gateway.TranslationWorker;

/// <summary>What a reader said of a synthetic series, as FHIR R4 Provenance: the person is the verifier of what the model made.</summary>
/// <param name="fhir">Says whether free text may leave the house.</param>
public sealed class VerdictBuilder(FhirOptions fhir)
{
    /// <summary>Resource id: the version 5 UUID of the verdict's own.</summary>
    public static string IdOf(ReaderVerdict verdict) =>
        NameBasedUuid.Create(NameBasedUuid.Gateway, $"verdict|{verdict.Id}").ToString();

    /// <summary>What was said of these series, oldest first.</summary>
    public static async Task<List<(Series Series, ReaderVerdict Verdict)>> ReadAsync(
        GatewayDbContext db, List<Series> derived, CancellationToken cancel)
    {
        var ids = derived.ConvertAll(s => s.Id);
        var verdicts = await db.ReaderVerdicts.AsNoTracking().Where(v => ids.Contains(v.SeriesId)).OrderBy(v => v.At).ToListAsync(cancel);
        return verdicts.ConvertAll(verdict => (derived.Find(s => s.Id == verdict.SeriesId)!, verdict));
    }

    /// <summary>A record of one event, written once.</summary>
    /// <param name="study">That the series is in.</param>
    /// <param name="judged">The derived series.</param>
    /// <param name="verdict">What was said of it.</param>
    public Provenance Build(Study study, Series judged, ReaderVerdict verdict) => new()
    {
        Id = IdOf(verdict),
        Target = [new ResourceReference($"ImagingStudy/{ImagingStudyBuilder.IdOf(study)}")],
        Occurred = new FhirDateTime(FhirJson.Instant(verdict.At)),
        Recorded = verdict.At.AddTicks(-(verdict.At.Ticks % TimeSpan.TicksPerMillisecond)),
        Reason = [.. Reasons(verdict)],
        Activity = Activity(verdict.Kind),
        Agent =
        [
            new()
            {
                Type = FhirTerms.Participant("verifier", "Verifier"),
                Who = new ResourceReference { Type = "Practitioner", Display = FhirText.Of(verdict.By) ?? "a reader" },
            },
        ],
        Entity =
        [
            new()
            {
                Role = Provenance.ProvenanceEntityRole.Source,
                What = new ResourceReference { Identifier = FhirTerms.DicomUid(judged.SeriesInstanceUid) },
            },
        ],
    };

    /// <summary>In the words of v3-DataOperation and v3-DocumentCompletion (FHIR R4 provenance-activity-type).</summary>
    private static CodeableConcept Activity(VerdictKind kind) => kind switch
    {
        VerdictKind.Accepted => Said("v3-DocumentCompletion", "AU", "authenticated", "accepted by a reader"),
        VerdictKind.Rejected => Said("v3-DataOperation", "NULLIFY", "nullify", "rejected by a reader"),
        _ => Said("v3-DataOperation", "APPEND", "append", "commented by a reader"),
    };

    private static CodeableConcept Said(string system, string code, string display, string text) =>
        new("http://terminology.hl7.org/CodeSystem/" + system, code, display, text);

    private IEnumerable<CodeableConcept> Reasons(ReaderVerdict verdict)
    {
        if (RejectionTitle.Of(verdict.Title ?? "") is { } title)
            yield return new CodeableConcept(FhirTerms.DicomOntology, title.Code, title.Meaning, null);
        if (fhir.Descriptions && FhirText.Of(verdict.Why) is { } words)
            yield return new CodeableConcept { Text = words };
    }
}
