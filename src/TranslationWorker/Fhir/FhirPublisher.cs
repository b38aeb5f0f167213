using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

using Gateway.Imaging.Modalities;
using Gateway.Persistence;

using Series = Gateway.Persistence.Series;

namespace Gateway.TranslationWorker;

/// <summary>Brings the FHIR resources of a study up to what the database holds now: ImagingStudy, the models' Devices,
/// Provenance.</summary>
/// <remarks>A resource whose content did not change keeps its version, so that publishing twice changes nothing.</remarks>
public sealed class FhirPublisher(
    IOptions<FhirOptions> fhir, IOptions<SiteOptions> site, IOptions<DeliveryOptions> delivery, ModalityTable modalities, TimeProvider time)
{
    private readonly ImagingStudyBuilder _studies = new(
        fhir.Value, site.Value, modalities, delivers: delivery.Value.Destinations.Count > 0);
    private readonly ModelDeviceBuilder _devices = new(site.Value);
    private readonly VerdictBuilder _verdicts = new(fhir.Value);

    /// <summary>Adds and changes rows in <paramref name="db"/>; the caller saves, once, with whatever else it did.</summary>
    /// <exception cref="InvalidOperationException">There is no such study.</exception>
    /// <exception cref="FhirResourceException">What the scanner sent cannot be said in FHIR R4; retrying will not help.</exception>
    /// <returns>The version of the ImagingStudy.</returns>
    public async Task<int> PublishAsync(GatewayDbContext db, Guid studyId, CancellationToken cancel = default)
    {
        var study = await ReadAsync(db, studyId, cancel);
        var derived =
            study.Series.Where(s => s is { Origin: SeriesOrigin.Derived, ModelDeviceUid: not null, Instances.Count: > 0 }).ToList();

        foreach (var device in Devices(derived))
            await StoreAsync(db, device, device.Identifier.FirstOrDefault(), studyId: null, cancel);
        if (fhir.Value.DicomWeb is { } root)
            await StoreAsync(db, EndpointBuilder.Build(root), identifier: null, studyId: null, cancel);
        var resource = _studies.Build(study, await delivery.Value.StayingAsync(db, derived, cancel));
        // A verdict is news of the study, also where what is listed stays the same: whoever follows versions has to look again.
        var said = await RecordVerdictsAsync(db, study, derived, cancel);
        var version = await StoreAsync(db, resource, resource.Identifier[0], studyId, cancel, anew: said);
        foreach (var series in derived)
            await RecordAsync(db, study, series, cancel);
        return version;
    }

    /// <summary>A study with what its resources are made of, in one query, so of one moment: an image that comes meanwhile is not read with
    /// the patient of before.</summary>
    /// <exception cref="InvalidOperationException">There is no such study.</exception>
    public static Task<Study> ReadAsync(GatewayDbContext db, Guid studyId, CancellationToken cancel) =>
        db.Studies.AsNoTracking().AsSingleQuery().Include(s => s.Patients).Include(s => s.Series).ThenInclude(s => s.Instances)
            .SingleAsync(s => s.Id == studyId, cancel);

    private IEnumerable<Device> Devices(List<Series> derived) => derived.Count == 0
        ? []
        : derived.DistinctBy(s => s.ModelDeviceUid).Select(_devices.Build).Append(_devices.BuildGateway());

    /// <summary>What was recorded stays so; one that leads to a version which is gone is written anew.</summary>
    private async System.Threading.Tasks.Task RecordAsync(GatewayDbContext db, Study study, Series derived, CancellationToken cancel)
    {
        var row = await FindAsync(db, nameof(Provenance), ProvenanceBuilder.IdOf(derived), cancel);
        if (row?.Json.Contains("/_history/", StringComparison.Ordinal) == false)
            return;
        var provenance = new ProvenanceBuilder(_devices).Build(study, derived, Now());
        await StoreAsync(db, provenance, identifier: null, study.Id, cancel);
    }

    /// <summary>What was said stays so.</summary>
    /// <returns>Whether anything was said since.</returns>
    private async Task<bool> RecordVerdictsAsync(GatewayDbContext db, Study study, List<Series> derived, CancellationToken cancel)
    {
        var said = false;
        foreach (var (series, verdict) in await VerdictBuilder.ReadAsync(db, derived, cancel))
        {
            if (await FindAsync(db, nameof(Provenance), VerdictBuilder.IdOf(verdict), cancel) is not null)
                continue;
            await StoreAsync(db, _verdicts.Build(study, series, verdict), identifier: null, study.Id, cancel);
            said = true;
        }
        return said;
    }

    private async Task<int> StoreAsync(
        GatewayDbContext db, DomainResource resource, Identifier? identifier, Guid? studyId, CancellationToken cancel, bool anew = false)
    {
        var row = await FindAsync(db, resource.TypeName, resource.Id!, cancel);
        if (row is not null && !anew && row.Json == Write(resource, row.Version, row.UpdatedAt))
            return row.Version;
        var now = Now();
        var json = Write(resource, (row?.Version ?? 0) + 1, now);
        if (row is null)
            db.FhirResources.Add(row = new()
            {
                Type = resource.TypeName,
                ResourceId = resource.Id!,
                Version = 0,
                UpdatedAt = now,
                Json = json,
            });
        (row.Version, row.UpdatedAt, row.Json) = (row.Version + 1, now, json);
        (row.Identifier, row.StudyId) = (identifier is null ? null : $"{identifier.System}|{identifier.Value}", studyId);
        return row.Version;
    }

    private static ValueTask<FhirResource?> FindAsync(GatewayDbContext db, string type, string id, CancellationToken cancel) =>
        db.FhirResources.FindAsync([type, id], cancel);

    private static string Write(DomainResource resource, int version, DateTimeOffset updated)
    {
        resource.Meta ??= new Meta();
        resource.Meta.VersionId = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        resource.Meta.LastUpdated = updated;
        return FhirJson.Write(resource);
    }

    /// <summary>Rounded to milliseconds, as FHIR clients keep it. A finer time would not be equal after a round trip through the
    /// database.</summary>
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
