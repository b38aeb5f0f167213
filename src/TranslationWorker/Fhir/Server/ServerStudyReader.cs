using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;

using Gateway.Imaging.Modalities;
using Gateway.Persistence;

using Series = Gateway.Persistence.Series;

namespace Gateway.TranslationWorker;

/// <summary>Reads from the database what an external FHIR server is to hold of a study.</summary>
internal sealed class ServerStudyReader(
    IOptions<FhirOptions> fhir, IOptions<SiteOptions> site, IOptions<DeliveryOptions> delivery, ModalityTable modalities,
    IObjectStore objects, TimeProvider time)
{
    private readonly ImagingStudyBuilder _studies = new(
        fhir.Value, site.Value, modalities, delivers: delivery.Value.Destinations.Count > 0);
    private readonly ModelDeviceBuilder _devices = new(site.Value);
    private readonly VerdictBuilder _verdicts = new(fhir.Value);

    /// <exception cref="FhirResourceException">What the scanner sent cannot be said in FHIR R4.</exception>
    public async Task<ServerStudy> ReadAsync(GatewayDbContext db, Guid studyId, CancellationToken cancel)
    {
        var study = await FhirPublisher.ReadAsync(db, studyId, cancel);
        var made = study.Series.FindAll(series => series.Origin == SeriesOrigin.Derived);
        var resource = _studies.Build(study, await delivery.Value.StayingAsync(db, made, cancel));
        resource.Meta ??= new();
        resource.Meta.Tag.Add(new(FhirTerms.UriSystem, "urn:uuid:" + site.Value.SerialNumber));
        var listed = resource.Series.Select(series => series.Uid!).ToHashSet();
        var current = made.FindAll(series => listed.Contains(series.SeriesInstanceUid) && series.ModelDeviceUid is not null);
        var (companions, cards) = await CompanionsAsync(db, current, cancel);
        var images = resource.Series.SelectMany(series => series.Instance).Select(image => image.Uid!).ToHashSet();
        return new(
            Json(resource), companions,
            [.. current.Select(series => Record(study, series, cards)),
                .. (await VerdictBuilder.ReadAsync(db, made, cancel)).Select(said => Record(study, said.Series, said.Verdict))],
            study.PatientConflict ? null : FhirText.Of(study.AccessionNumber),
            study.Series.Select(series => series.SeriesInstanceUid).Except(listed)
                .Concat(study.Series.SelectMany(series => series.Instances).Select(image => image.SopInstanceUid).Except(images))
                .ToHashSet(),
            made.Select(series => series.SeriesInstanceUid).ToHashSet());
    }

    private async Task<(List<FhirServerCompanions.Once> All, Dictionary<string, string> Cards)> CompanionsAsync(
        GatewayDbContext db, List<Series> made, CancellationToken cancel)
    {
        var (all, cards) = (new List<FhirServerCompanions.Once>(), new Dictionary<string, string>());
        foreach (var series in made.DistinctBy(series => series.ModelDeviceUid))
        {
            var device = _devices.Build(series);
            if (series.ModelDigest is { } digest
                && await ModelCard.ReadAsync(db, objects, digest, cancel) is { } text)
            {
                var card = ModelCardBuilder.Build(series, ModelCard.WithoutActs(text));
                cards[series.ModelDeviceUid!] = $"{card.TypeName}/{card.Id}";
                device.AddExtension(ModelCardBuilder.ExtensionUrl, new ResourceReference(cards[series.ModelDeviceUid!]));
                all.Add(Once(card, card.Identifier[0]));
            }
            all.Add(Once(device, device.Identifier[0]));
        }
        if (made.Count > 0 && _devices.BuildGateway() is var gateway)
            all.Add(Once(gateway, gateway.Identifier[0]));
        if (fhir.Value.DicomWeb is { } root && EndpointBuilder.Build(root) is var endpoint)
            all.Add(Once(endpoint, endpoint.Identifier[0]));
        return (all, cards);
    }

    /// <summary>A Provenance has no identifier in R4: a tag with the UID of its series, or the id of its verdict, finds it
    /// again.</summary>
    private FhirServerCompanions.Once Record(Study study, Series series, Dictionary<string, string> cards)
    {
        var record = new ProvenanceBuilder(_devices).Build(study, series, time.GetUtcNow());
        var uid = FhirTerms.DicomUid(series.SeriesInstanceUid);
        record.Meta!.Tag.Add(new(uid.System!, uid.Value!));
        if (cards.TryGetValue(series.ModelDeviceUid!, out var card))
            record.Entity.Add(new() { Role = Provenance.ProvenanceEntityRole.Derivation, What = new ResourceReference(card) });
        return new(Json(record), "_tag=" + FhirServerClient.Token(uid.System, uid.Value!));
    }

    private FhirServerCompanions.Once Record(Study study, Series judged, ReaderVerdict verdict)
    {
        var (record, uuid) = (_verdicts.Build(study, judged, verdict), "urn:uuid:" + VerdictBuilder.IdOf(verdict));
        record.Meta = new() { Tag = [new(FhirTerms.UriSystem, uuid)] };
        return new(Json(record), "_tag=" + FhirServerClient.Token(FhirTerms.UriSystem, uuid));
    }

    private static FhirServerCompanions.Once Once(DomainResource resource, Identifier by) =>
        new(Json(resource), FhirServerClient.ByIdentifier(by.System, by.Value!));

    private static JsonObject Json(DomainResource resource) => JsonNode.Parse(FhirJson.Write(resource))!.AsObject();
}
