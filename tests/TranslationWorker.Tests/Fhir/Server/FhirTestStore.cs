using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Resources with versions; each request is one step (FHIR R4 "RESTful API").</summary>
internal sealed class FhirTestStore
{
    private readonly Lock _turn = new();
    private readonly List<JsonObject> _resources = [];
    private int _last;

    public (int Status, JsonObject? Answer) Handle(HttpRequest request, JsonObject? body)
    {
        var path = request.Path.Value!.Split('/')[2..];
        lock (_turn)
            return (request.Method, path) switch
            {
                ("GET", [var type]) => (200, Bundle(Find(type, Query(request.QueryString.Value!)))),
                ("GET", [var type, var id]) => Get($"{type}/{id}") is { } found ? (200, found) : (404, null),
                ("POST", []) => Transaction(body!),
                ("POST", [_]) => Create(body!, request.Headers["If-None-Exist"]),
                ("PUT", [var type, var id]) => Replace($"{type}/{id}", body!, request.Headers.IfMatch),
                ("DELETE", [var type, var id]) => (_resources.RemoveAll(one => Name(one) == $"{type}/{id}") > 0 ? 204 : 404, null),
                _ => (405, null),
            };
    }

    public List<JsonObject> Find(string type, Func<JsonObject, bool> matches)
    {
        lock (_turn)
            return [.. _resources.Where(one => (string?)one["resourceType"] == type).Where(matches).Select(Clone)];
    }

    public string Write(JsonObject resource, JsonObject? before)
    {
        lock (_turn)
        {
            var written = Clone(resource);
            written["id"] = (string?)before?["id"] ?? (++_last).ToString(CultureInfo.InvariantCulture);
            var meta = written["meta"] as JsonObject ?? [];
            meta["versionId"] = $"{int.Parse((string?)before?["meta"]!["versionId"] ?? "0", CultureInfo.InvariantCulture) + 1}";
            written["meta"] = meta.Parent is null ? meta : meta.DeepClone();
            if (before is not null)
                _resources[_resources.IndexOf(before)] = written;
            else
                _resources.Add(written);
            return (string)written["id"]!;
        }
    }

    private (int Status, JsonObject? Answer) Create(JsonObject resource, string? condition)
    {
        var type = (string)resource["resourceType"]!;
        var found = condition is null ? [] : Find(type, Query(condition));
        if (found.Count > 0)
            return found.Count == 1 ? (200, found[0]) : (412, null);
        return (201, Get($"{type}/{Write(resource, null)}"));
    }

    private (int Status, JsonObject? Answer) Replace(string name, JsonObject resource, string? version)
    {
        if (_resources.Find(one => Name(one) == name) is not { } before)
            return (404, null);
        if (version is not null && version != $"W/\"{before["meta"]!["versionId"]}\"")
            return (412, null);
        Write(resource, before);
        return (200, Get(name));
    }

    /// <summary>Of conditional creations, whose references to one another become those of the server.</summary>
    private (int Status, JsonObject? Answer) Transaction(JsonObject bundle)
    {
        var (answers, names) = (new JsonArray(), new Dictionary<string, string>());
        foreach (var entry in bundle["entry"]!.AsArray().Select(entry => entry!.AsObject()))
        {
            var (status, resource) = Create(entry["resource"]!.AsObject(), (string?)entry["request"]!["ifNoneExist"]);
            if (status == 412)
                return (412, null);
            names[(string)entry["fullUrl"]!] = Name(resource!);
            answers.Add((JsonNode)new JsonObject
            {
                ["response"] = new JsonObject { ["status"] = $"{status}", ["location"] = $"{Name(resource!)}/_history/1" },
            });
        }
        foreach (var resource in _resources)
            FhirReferences.Rename(resource, names);
        return (200, new() { ["resourceType"] = "Bundle", ["type"] = "transaction-response", ["entry"] = answers });
    }

    private static Func<JsonObject, bool> Query(string text)
    {
        var query = QueryHelpers.ParseQuery(text).Where(pair => pair.Key != "_count").ToList();
        return resource => query.TrueForAll(pair => pair.Key switch
        {
            "identifier" => Items(resource["identifier"]).Any(one => $"{one["system"]}|{one["value"]}" == pair.Value),
            "_tag" => Items(resource["meta"]?["tag"]).Any(one => $"{one["system"]}|{one["code"]}" == pair.Value),
            "target" => Items(resource["target"]).Any(one => $"{one["reference"]}" == pair.Value),
            _ => throw new InvalidOperationException($"There is no search by {pair.Key} here."),
        });
    }

    private static JsonObject Bundle(List<JsonObject> found) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["entry"] = new JsonArray([.. found.Select(one => (JsonNode)new JsonObject { ["resource"] = one })]),
    };

    private JsonObject? Get(string name) => _resources.Find(one => Name(one) == name) is { } found ? Clone(found) : null;

    private static IEnumerable<JsonNode> Items(JsonNode? node) => node is JsonArray array ? array.OfType<JsonNode>() : [];

    private static string Name(JsonObject resource) => $"{resource["resourceType"]}/{resource["id"]}";

    private static JsonObject Clone(JsonObject resource) => resource.DeepClone().AsObject();
}
