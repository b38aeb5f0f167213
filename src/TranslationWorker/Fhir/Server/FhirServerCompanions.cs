using System.Globalization;
using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>Puts resources at an external FHIR server that are made once and never changed, in one transaction: each is created unless the
/// server finds it.</summary>
internal sealed class FhirServerCompanions(FhirServerClient client)
{
    /// <summary>A resource of ours and the search that finds it at the server.</summary>
    internal sealed record Once(JsonObject Resource, string Search)
    {
        public string Type => (string)Resource["resourceType"]!;

        /// <summary><c>Type/id</c>, as our other resources call it.</summary>
        public string Name => $"{Type}/{Resource["id"]}";

        public string Urn => $"urn:uuid:{NameBasedUuid.Create(NameBasedUuid.Gateway, Name)}";
    }

    /// <returns>What the server calls each, by what we call it.</returns>
    /// <exception cref="FhirServerException">It did not take them.</exception>
    public async Task<Dictionary<string, string>> PlaceAsync(IReadOnlyList<Once> resources, CancellationToken cancel)
    {
        if (resources.Count == 0)
            return [];
        var urns = resources.ToDictionary(one => one.Name, one => one.Urn);
        var answer = await client.PostAsync("", Transaction(resources, urns), ifNoneExist: null, cancel);
        if (!answer.IsSuccess)
            throw FhirServerException.Of(answer, "Transaction");
        var entries = (answer.Body?["entry"] as JsonArray)?.Select(entry => entry?["response"] as JsonObject).ToList() ?? [];
        if (entries.Count != resources.Count)
            throw new FhirServerException("The answer to a transaction does not have an entry for each of ours", answer.Status);
        var names = new Dictionary<string, string>();
        foreach (var (one, response) in resources.Zip(entries))
            names[one.Name] = $"{one.Type}/{await IdAsync(one, response, cancel)}";
        return names;
    }

    private static JsonObject Transaction(IReadOnlyList<Once> resources, Dictionary<string, string> urns)
    {
        var entries = new JsonArray();
        foreach (var one in resources)
        {
            var resource = one.Resource.DeepClone().AsObject();
            resource.Remove("id");
            FhirReferences.Rename(resource, urns);
            entries.Add((JsonNode)new JsonObject
            {
                ["fullUrl"] = one.Urn,
                ["resource"] = resource,
                ["request"] = new JsonObject { ["method"] = "POST", ["url"] = one.Type, ["ifNoneExist"] = one.Search },
            });
        }
        return new() { ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = entries };
    }

    /// <summary>Some servers answer a transaction with 200 and say in an entry that it failed.</summary>
    private async Task<string> IdAsync(Once one, JsonObject? response, CancellationToken cancel)
    {
        var text = (string?)response?["status"] ?? "";
        var status = int.TryParse(text.AsSpan(0, Math.Min(3, text.Length)), CultureInfo.InvariantCulture, out var code) ? code : 0;
        var answer = new FhirAnswer(status, response?["outcome"] as JsonObject) { Location = (string?)response?["location"] };
        if (status == 412)
            throw FhirServerException.Refused($"The server has more than one {one.Type} of ours.", 412);
        if (!answer.IsSuccess)
            throw FhirServerException.Of(answer, one.Type);
        return await client.IdOfAsync(answer, one.Type, one.Search, cancel);
    }
}
