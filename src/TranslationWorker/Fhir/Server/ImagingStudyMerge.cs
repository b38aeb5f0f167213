using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>An ImagingStudy that an external server has, with what the gateway knows of the study. What others wrote stays as it is: their
/// series, their images in a series that both list, elements that nothing here speaks of.</summary>
/// <param name="ours">As it would be without theirs, its references those of the server.</param>
/// <param name="gone">UIDs of series and images that the gateway has and that do not count: they are taken out.</param>
/// <param name="made">UIDs of series that the gateway made: theirs of that UID is an earlier one of ours.</param>
internal sealed class ImagingStudyMerge(JsonObject ours, IReadOnlySet<string> gone, IReadOnlySet<string> made)
{
    private const string Accession = "ACSN";
    private static readonly string[] OfTheOwner = ["status", "subject", "started", "description", "basedOn"];

    /// <summary>The gateway made the resource at the server: subject and status are its to say.</summary>
    public bool IsOwn(JsonObject theirs) => Items(theirs["meta"]?["tag"])
        .Any(tag => Items(ours["meta"]?["tag"]).Any(own => JsonNode.DeepEquals(own, tag)));

    /// <summary>While images name more than one patient.</summary>
    public bool NamesNobody => (string?)ours["status"] == "unknown" && ours["subject"]?["identifier"] is null;

    /// <summary>What the server is to hold; equal to <paramref name="theirs"/> where there is nothing to say.</summary>
    public JsonObject Apply(JsonObject theirs)
    {
        var (merged, own) = (theirs.DeepClone().AsObject(), IsOwn(theirs));
        foreach (var name in OfTheOwner.Where(name => own || merged[name] is null))
            Set(merged, name, ours[name]);
        if (own)
            Put(merged, "contained", Items(theirs["contained"]).Where(inside => (string?)inside["id"] != FhirServerPatients.ContainedId)
                .Concat(Items(ours["contained"])));
        // An accession number leads to a person: one of ours goes with the patient it belonged to.
        Put(merged, "identifier", Items(theirs["identifier"]).Where(one => !own || !IsAccession(one)).Concat(Items(ours["identifier"]))
            .DistinctBy(Key));
        Put(merged, "endpoint", Items(theirs["endpoint"]).Concat(Items(ours["endpoint"])).DistinctBy(Key));
        Label(merged, own);
        Count(theirs, merged, [.. Series(theirs, own)]);
        return JsonNode.Parse(merged.ToJsonString())!.AsObject();
    }

    /// <summary>Series that a server counts and does not list stay counted.</summary>
    private static void Count(JsonObject theirs, JsonObject merged, List<JsonObject> series)
    {
        var unlisted = Extra(theirs, "numberOfSeries", "series");
        var images = (Number(theirs["numberOfInstances"]) ?? 0) - Items(theirs["series"]).Sum(CountOf);
        Put(merged, "series", series);
        merged["numberOfSeries"] = series.Count + unlisted;
        merged["numberOfInstances"] = series.Sum(CountOf) + Math.Max(images, 0);
        Put(merged, "modality", Items(unlisted > 0 ? theirs["modality"] : null)
            .Concat(series.Select(one => one["modality"]).OfType<JsonObject>())
            .DistinctBy(coding => ((string?)coding["system"], (string?)coding["code"])));
    }

    private IEnumerable<JsonObject> Series(JsonObject theirs, bool own)
    {
        var left = Items(ours["series"]).ToDictionary(series => (string)series["uid"]!);
        foreach (var series in Items(theirs["series"]))
        {
            var uid = (string?)series["uid"] ?? "";
            if (left.Remove(uid, out var mine))
                yield return made.Contains(uid) ? mine : Merge(series, mine, own);
            else if (!gone.Contains(uid))
                yield return series;
        }
        foreach (var series in Items(ours["series"]).Where(series => left.ContainsKey((string)series["uid"]!)))
            yield return series;
    }

    private JsonObject Merge(JsonObject theirs, JsonObject mine, bool own)
    {
        var merged = theirs.DeepClone().AsObject();
        foreach (var (name, value) in mine)
            if (name is not ("instance" or "numberOfInstances" or "extension") && (own || merged[name] is null))
                merged[name] = value?.DeepClone();
        Put(merged, "extension", Items(theirs["extension"]).Concat(Items(mine["extension"])).Distinct(JsonEquality.Instance));
        var uids = Items(mine["instance"]).Select(image => (string)image["uid"]!).ToHashSet();
        var others = Items(theirs["instance"])
            .Where(image => (string?)image["uid"] is not { } uid || !(uids.Contains(uid) || gone.Contains(uid)));
        var extra = Extra(theirs, "numberOfInstances", "instance");
        Put(merged, "instance", Items(mine["instance"]).Concat(others));
        merged["numberOfInstances"] = Items(merged["instance"]).Count() + extra;
        return merged;
    }

    /// <summary>The labels of a study of ours follow its series; one of others is only ever given some.</summary>
    private void Label(JsonObject merged, bool own)
    {
        var meta = merged["meta"] as JsonObject ?? [];
        var before = Items(meta["security"]).Where(label => !own || !FhirTerms.IsAiLabel(label));
        Put(meta, "security", before.Concat(Items(ours["meta"]?["security"])).Distinct(JsonEquality.Instance));
        if (meta.Count > 0 && meta.Parent is null)
            merged["meta"] = meta;
    }

    /// <summary>An identifier by system and value, a reference by where it leads.</summary>
    private static string Key(JsonObject item) => item["reference"] is JsonValue reference
        ? FhirReferences.Relative(reference.GetValue<string>())
        : item["value"] is JsonValue value ? $"{(string?)item["system"]}|{value}" : item.ToJsonString();

    private static bool IsAccession(JsonObject identifier) =>
        Items(identifier["type"]?["coding"]).Any(coding => (string?)coding["code"] == Accession);

    private static void Set(JsonObject to, string name, JsonNode? value)
    {
        if (value is null)
            to.Remove(name);
        else
            to[name] = value.DeepClone();
    }

    private static void Put(JsonObject to, string name, IEnumerable<JsonObject> items)
    {
        var all = items.Select(item => item.DeepClone()).ToArray();
        if (all.Length > 0)
            to[name] = new JsonArray(all);
        else
            to.Remove(name);
    }

    private static int Extra(JsonObject of, string number, string list) => Math.Max((Number(of[number]) ?? 0) - Items(of[list]).Count(), 0);

    private static int CountOf(JsonObject series) => Number(series["numberOfInstances"]) ?? Items(series["instance"]).Count();

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static IEnumerable<JsonObject> Items(JsonNode? node) => node is JsonArray array ? array.OfType<JsonObject>() : [];
}
