using Hl7.Fhir.Model;

using Gateway.Persistence;

using Series = Gateway.Persistence.Series;

namespace Gateway.TranslationWorker;

/// <summary>How a synthetic series came to be, as FHIR R4 Provenance: from which series, by which model, put together by which
/// gateway.</summary>
public sealed class ProvenanceBuilder(ModelDeviceBuilder devices)
{
    /// <summary>Resource id: the version 5 UUID of the derived Series Instance UID.</summary>
    public static string IdOf(Series derived) => NameBasedUuid.Create(NameBasedUuid.Oid, derived.SeriesInstanceUid).ToString();

    /// <summary>A record of one event, written once. It targets the study, not a version of it: only the current one is kept.</summary>
    /// <param name="study">With the series that <paramref name="derived"/> was made from.</param>
    /// <param name="derived">A derived series that names its model device.</param>
    /// <param name="recorded">When this is written down.</param>
    public Provenance Build(Study study, Series derived, DateTimeOffset recorded) => new()
    {
        Id = IdOf(derived),
        Meta = new Meta
        {
            Profile = [FhirTerms.Transparency + "StructureDefinition/AI-Provenance"],
            Security = [FhirTerms.AiAsserted()],
        },
        Target = [new ResourceReference($"ImagingStudy/{ImagingStudyBuilder.IdOf(study)}")],
        // Only the end is known: the time at which the objects of the series were durable.
        Occurred = new Period { End = FhirJson.Instant(derived.CreatedAt) },
        Recorded = recorded,
        Reason = [new CodeableConcept { Coding = [FhirTerms.AiAsserted()] }],
        Activity = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create", null),
        Agent =
        [
            new()
            {
                Type = FhirTerms.Participant("author", "Author"),
                Role = [new CodeableConcept { Coding = [FhirTerms.ArtificialIntelligence()] }],
                Who = new ResourceReference($"Device/{ModelDeviceBuilder.IdOf(derived.ModelDeviceUid!)}", FhirText.Of(derived.ModelName)),
            },
            new()
            {
                Type = FhirTerms.Participant("assembler", "Assembler"),
                Who = new ResourceReference($"Device/{devices.GatewayId}"),
            },
        ],
        Entity = [Source(FhirTerms.DicomUid(study.StudyInstanceUid), "ImagingStudy"), .. SourceSeries(study, derived)],
    };

    private static IEnumerable<Provenance.EntityComponent> SourceSeries(Study study, Series derived) =>
        study.Series.Where(s => s.Id == derived.DerivedFromSeriesId).Select(s => Source(FhirTerms.DicomUid(s.SeriesInstanceUid), null));

    private static Provenance.EntityComponent Source(Identifier what, string? type) => new()
    {
        Role = Provenance.ProvenanceEntityRole.Source,
        What = new ResourceReference { Type = type, Identifier = what },
    };
}
