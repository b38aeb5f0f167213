using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>The one ImagingStudy of a study at an external FHIR server: found by its UID, made unless it is there, and merged.</summary>
internal sealed class FhirServerStudies(FhirServerClient client)
{
    // Each lost round is a round that another writer won.
    private const int Rounds = 30;

    /// <param name="merge">Of ours.</param>
    /// <param name="ours">With a subject in the server's words.</param>
    /// <param name="known">Id that the server gave it; null where that is not known.</param>
    /// <returns>The id at the server; null: nothing may be said there now.</returns>
    /// <exception cref="FhirServerException">It was not taken.</exception>
    public async Task<string?> PutAsync(ImagingStudyMerge merge, JsonObject ours, string? known, CancellationToken cancel)
    {
        var uid = ours["identifier"]![0]!;
        var search = FhirServerClient.ByIdentifier((string?)uid["system"], (string)uid["value"]!);
        for (var round = 0; round < Rounds; round++)
        {
            if (await FindAsync(known, uid, search, cancel) is not { } theirs)
            {
                if (await CreateAsync(ours, search, cancel) is { } made)
                    return made;
                known = null;
                continue;
            }
            known = (string)theirs.Body!["id"]!;
            if (!merge.IsOwn(theirs.Body))
            {
                if (merge.NamesNobody)
                    return null;
                FhirServerPatients.ThrowIfOther(theirs.Body, ours);
            }
            var merged = merge.Apply(theirs.Body);
            if (JsonNode.DeepEquals(merged, theirs.Body) || await ReplaceAsync(known, merged, theirs.ETag!, cancel))
                return known;
        }
        throw new FhirServerException($"Others wrote the ImagingStudy {Rounds} times while it was written", 409);
    }

    /// <summary>As it is now, with the version that it is.</summary>
    private async Task<FhirAnswer?> FindAsync(string? known, JsonNode uid, string search, CancellationToken cancel)
    {
        if (known is null)
        {
            var found = await client.FindAsync("ImagingStudy", search, cancel);
            if (found.Count > 1)
                throw FhirServerException.Refused("The server has more than one ImagingStudy of this study.");
            known = found.Count == 0 ? null : (string?)found[0]["id"];
        }
        if (known is null)
            return null;
        var answer = await client.GetAsync($"ImagingStudy/{known}", cancel);
        if (answer.Status is 404 or 410)
            return null;
        if (!answer.IsSuccess)
            throw FhirServerException.Of(answer, "Read of the ImagingStudy");
        if (!Bears(answer.Body, uid))
            return null;
        var version = answer.ETag ?? ((string?)answer.Body?["meta"]?["versionId"] is { } id ? $"W/\"{id}\"" : null);
        return answer.Body is null || version is null
            ? throw FhirServerException.Refused("The server reads no ImagingStudy with a version, without which it is not changed safely.")
            : answer with { ETag = version };
    }

    /// <summary>An id that another server gave may be of another study here.</summary>
    private static bool Bears(JsonObject? study, JsonNode uid) => study?["identifier"] is JsonArray all && all.OfType<JsonObject>()
        .Any(one => (string?)one["system"] == (string?)uid["system"] && (string?)one["value"] == (string?)uid["value"]);

    /// <returns>Null: it is there by now.</returns>
    private async Task<string?> CreateAsync(JsonObject ours, string search, CancellationToken cancel)
    {
        var fresh = ours.DeepClone().AsObject();
        fresh.Remove("id");
        var answer = await client.PostAsync("ImagingStudy", fresh, search, cancel);
        return answer.Status switch
        {
            201 => await client.IdOfAsync(answer, "ImagingStudy", search, cancel),
            200 or 409 => null,
            412 => throw FhirServerException.Refused("The server has more than one ImagingStudy of this study.", 412),
            _ => throw FhirServerException.Of(answer, "ImagingStudy"),
        };
    }

    /// <returns>False: it is another version by now, or gone.</returns>
    private async Task<bool> ReplaceAsync(string id, JsonObject merged, string version, CancellationToken cancel)
    {
        var answer = await client.PutAsync($"ImagingStudy/{id}", merged, version, cancel);
        return answer.Status is not (404 or 409 or 410 or 412)
            && (answer.IsSuccess ? true : throw FhirServerException.Of(answer, "ImagingStudy"));
    }
}
