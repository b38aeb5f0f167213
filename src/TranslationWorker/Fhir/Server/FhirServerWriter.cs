using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Brings an external FHIR server up to a study: patient and order first, then what the study refers to, the study itself, and how
/// its synthetic series came to be. Each step done again finds what it made.</summary>
internal sealed class FhirServerWriter(FhirServerClient client, IOptions<FhirServerOptions> options, IOptions<FhirOptions> fhir)
{
    private readonly FhirServerPatients _patients = new(client, options.Value.Patient);
    private readonly FhirServerCompanions _companions = new(client);
    private readonly FhirServerStudies _studies = new(client);

    /// <param name="known">Id that the server gave the ImagingStudy; null where that is not known.</param>
    /// <returns>That id; null: nothing may be said there while images name more than one patient.</returns>
    /// <exception cref="FhirServerException">It was not taken, or not all of it.</exception>
    public async Task<string?> WriteAsync(ServerStudy study, string? known, CancellationToken cancel)
    {
        var (ours, own) = (study.Study.DeepClone().AsObject(), $"ImagingStudy/{study.Study["id"]}");
        await _patients.NameAsync(ours, cancel);
        await OrderAsync(ours, study.AccessionNumber, cancel);
        var names = await _companions.PlaceAsync(study.Companions, cancel);
        FhirReferences.Rename(ours, names);
        if (await _studies.PutAsync(new(ours, study.Gone, study.Made), ours, known, cancel) is not { } id)
            return null;
        names[own] = $"ImagingStudy/{id}";
        foreach (var record in study.Records)
            FhirReferences.Rename(record.Resource, names);
        await _companions.PlaceAsync(
            [.. study.Records.Select(one => one with { Search = $"{one.Search}&target=ImagingStudy/{id}" })], cancel);
        return id;
    }

    /// <summary>The order of a study, where the server has one of the accession number. One that searches no orders is not asked twice.
    /// </summary>
    private async Task OrderAsync(JsonObject ours, string? accession, CancellationToken cancel)
    {
        if (accession is null || fhir.Value.AccessionSystem is not { } system)
            return;
        try
        {
            var found = await client.FindAsync("ServiceRequest", FhirServerClient.ByIdentifier(system, accession), cancel);
            if (found.Count == 1 && (string?)found[0]["id"] is { } id)
                ours["basedOn"] = new JsonArray(new JsonObject { ["reference"] = "ServiceRequest/" + id });
        }
        catch (FhirServerException e) when (e.Status is 400 or 403 or 404 or 405 or 501)
        {
            // It keeps no orders, or shows us none: the study stands without one.
        }
    }
}
