using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>One value of a search parameter: what a value of a resource is compared with.</summary>
internal abstract record FhirTest
{
    public abstract bool Matches(JsonNode value);
}

/// <summary>A code, an identifier, an id or a UID (FHIR R4 "Search", 3.1.1.4.10).</summary>
/// <param name="Implied">The system of values that name none, being codes or UIDs.</param>
internal sealed record FhirTokenTest(FhirToken Token, string? Implied) : FhirTest
{
    public override bool Matches(JsonNode value) => value switch
    {
        JsonValue plain => Token.Matches(new JsonObject { ["system"] = Implied, ["value"] = plain.GetValue<string>() }),
        JsonObject coding when coding["code"] is { } code =>
            Token.Matches(new JsonObject { ["system"] = (string?)coding["system"], ["value"] = (string?)code }),
        _ => Token.Matches(value),
    };
}

/// <summary>A reference: <c>Type/id</c>, an id alone, or the absolute URL of a resource here; a version at its end is passed
/// over.</summary>
/// <param name="Reference">Relative; an id alone stands for any type.</param>
internal sealed record FhirReferenceTest(string Reference) : FhirTest
{
    public static FhirReferenceTest Of(string text, string root)
    {
        var relative = text.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase) ? text[(root.Length + 1)..] : text;
        return new(WithoutVersion(relative));
    }

    public string Id => Reference[(Reference.LastIndexOf('/') + 1)..];

    public override bool Matches(JsonNode value)
    {
        var target = WithoutVersion(value.GetValue<string>());
        return target == Reference || (!Reference.Contains('/', StringComparison.Ordinal)
            && target.EndsWith("/" + Reference, StringComparison.Ordinal));
    }

    public static string WithoutVersion(string reference) =>
        reference.IndexOf("/_history/", StringComparison.Ordinal) is > 0 and var at ? reference[..at] : reference;
}

/// <summary>A date with its prefix (FHIR R4 "Search", 3.1.1.4.7). A date without an offset is one on the clock of the place where the study
/// was made, as people mean it.</summary>
/// <param name="Prefix"><c>eq, ne, gt, lt, ge, le, sa</c> or <c>eb</c>.</param>
internal sealed record FhirDateTest(string Prefix, FhirDate Date) : FhirTest
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"];

    /// <summary>Null for what is no date.</summary>
    public static FhirDateTest? Parse(string text)
    {
        var prefix = Array.Find(Prefixes, p => text.StartsWith(p, StringComparison.Ordinal));
        return FhirDate.Parse(prefix is null ? text : text[2..]) is { } date ? new(prefix ?? "eq", date) : null;
    }

    public override bool Matches(JsonNode value) =>
        FhirDate.Parse(value.GetValue<string>()) is { } found && (Date.Offset is null
            ? Compare((found.Low, found.High), (Date.Low, Date.High)) : Compare(found.Utc, Date.Utc));

    private bool Compare((DateTime Low, DateTime High) found, (DateTime Low, DateTime High) asked)
    {
        var within = found.Low >= asked.Low && found.High <= asked.High;
        return Prefix switch
        {
            "eq" => within,
            "ne" => !within,
            "gt" => found.High > asked.High,
            "lt" => found.Low < asked.Low,
            "ge" => found.High > asked.High || within,
            "le" => found.Low < asked.Low || within,
            "sa" => found.Low >= asked.High,
            _ => found.High <= asked.Low,
        };
    }
}
