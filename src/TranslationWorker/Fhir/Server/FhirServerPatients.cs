using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>Whom a study is about, in the words of an external FHIR server.</summary>
internal sealed class FhirServerPatients(FhirServerClient client, FhirPatientPolicy policy)
{
    /// <summary>Id of the Patient within an ImagingStudy.</summary>
    public const string ContainedId = "patient";

    private const string Several = "The server has more than one Patient of this identifier; a person has to say who it is.";

    /// <summary>Leads the subject of <paramref name="study"/> to the server's Patient, as the policy says. A study of nobody stays so.
    /// </summary>
    /// <exception cref="FhirServerException">Refused: the server has several of that identifier.</exception>
    public async Task NameAsync(JsonObject study, CancellationToken cancel)
    {
        if (study["subject"]?["identifier"] is not JsonObject identifier || policy == FhirPatientPolicy.Logical)
            return;
        if (policy == FhirPatientPolicy.Contained)
        {
            study["contained"] = new JsonArray(Bare(identifier, ContainedId));
            study["subject"] = Reference("#" + ContainedId, identifier: null);
            return;
        }
        var query = FhirServerClient.ByIdentifier((string?)identifier["system"], (string)identifier["value"]!);
        var found = await client.FindAsync("Patient", query, cancel);
        if (found.Count > 1)
            throw FhirServerException.Refused(Several);
        if ((found.Count == 1 ? (string?)found[0]["id"] : await MakeAsync(identifier, query, cancel)) is { } id)
            study["subject"] = Reference("Patient/" + id, identifier);
    }

    /// <summary>A study of another system is not given to somebody else, nor do results join one of somebody else's.</summary>
    /// <exception cref="FhirServerException">Refused: the two name different patients.</exception>
    public static void ThrowIfOther(JsonObject theirs, JsonObject ours)
    {
        if (Differs(theirs, ours, subject => (string?)subject?["reference"] is { } to ? FhirReferences.Relative(to) : null)
            || Differs(theirs, ours, subject => (string?)subject?["identifier"]?["value"], SystemOf))
            throw FhirServerException.Refused("The server's ImagingStudy names another patient than the images do.");
    }

    private async Task<string?> MakeAsync(JsonObject identifier, string query, CancellationToken cancel)
    {
        if (policy != FhirPatientPolicy.Placeholder)
            return null;
        var answer = await client.PostAsync("Patient", Bare(identifier, id: null), query, cancel);
        if (answer.Status == 412)
            throw FhirServerException.Refused(Several, 412);
        if (!answer.IsSuccess)
            throw FhirServerException.Of(answer, "Placeholder of a patient");
        return await client.IdOfAsync(answer, "Patient", query, cancel);
    }

    private static JsonObject Bare(JsonObject identifier, string? id)
    {
        var patient = new JsonObject { ["resourceType"] = "Patient" };
        if (id is not null)
            patient["id"] = id;
        patient["identifier"] = new JsonArray(identifier.DeepClone());
        return patient;
    }

    private static JsonObject Reference(string to, JsonObject? identifier)
    {
        var reference = new JsonObject { ["reference"] = to, ["type"] = "Patient" };
        if (identifier is not null)
            reference["identifier"] = identifier.DeepClone();
        return reference;
    }

    /// <summary>Both say it, within the same system, and it is not the same.</summary>
    private static bool Differs(
        JsonObject theirs, JsonObject ours, Func<JsonNode?, string?> what, Func<JsonNode?, string?>? system = null) =>
        (what(theirs["subject"]), what(ours["subject"])) is ({ } one, { } other) && one != other
        && system?.Invoke(theirs["subject"]) == system?.Invoke(ours["subject"]);

    private static string? SystemOf(JsonNode? subject) => (string?)subject?["identifier"]?["system"];
}
