using System.Globalization;

namespace Gateway.Portal;

/// <summary>A search. Values of one parameter are alternatives; all parameters have to match.</summary>
internal sealed record FhirQuery(string Type)
{
    public const int DefaultCount = 50;
    public const int MaxCount = 200;

    public List<string[]> Ids { get; } = [];
    public List<FhirToken[]> Identifiers { get; } = [];
    public List<FhirToken[]> Patients { get; } = [];

    /// <summary>Ids of ImagingStudies.</summary>
    public List<string[]> Targets { get; } = [];

    public int Count { get; private set; } = DefaultCount;

    /// <summary>Id of the last resource of the page before; null for the first page.</summary>
    public string? After { get; private set; }

    /// <summary>The parameters in effect, for the self link.</summary>
    public List<KeyValuePair<string, string>> Used { get; } = [];

    /// <summary>Reads the query string. A parameter that is not supported is an error, since ignoring a filter would show other patients'
    /// studies.</summary>
    /// <returns>Null when all is well, else a sentence.</returns>
    public string? Read(IQueryCollection query)
    {
        foreach (var (name, values) in query)
            foreach (var value in values)
            {
                if (name is "_format" or "_pretty" || string.IsNullOrEmpty(value))
                    continue;
                if (Read(name, value) is { } error)
                    return error;
                if (name != "_after")
                    Used.Add(new(name, value));
            }
        return null;
    }

    private string? Read(string name, string value) => (Type, name) switch
    {
        (_, "_id") => Add(Ids, value.Split(',')),
        (_, "_after") => Then(() => After = value),
        (_, "_count") => ReadCount(value),
        ("ImagingStudy" or "Device", "identifier") => AddTokens(Identifiers, name, value),
        ("ImagingStudy", "patient:identifier" or "subject:identifier") => AddTokens(Patients, name, value),
        ("Provenance", "target") => Add(Targets, [.. value.Split(',').Select(WithoutType)]),
        _ => $"The search parameter {name} is not supported for {Type}; see the CapabilityStatement.",
    };

    private string? ReadCount(string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            return "_count is a whole number, at least 1.";
        Count = Math.Min(count, MaxCount);
        return null;
    }

    private static string? AddTokens(List<FhirToken[]> to, string name, string value)
    {
        var values = value.Split(',');
        var tokens = values.Select(FhirToken.Parse).OfType<FhirToken>().ToArray();
        return tokens.Length == values.Length ? Add(to, tokens) : $"{name} is value, system|value or |value.";
    }

    private static string WithoutType(string reference) =>
        reference.StartsWith("ImagingStudy/", StringComparison.Ordinal) ? reference["ImagingStudy/".Length..] : reference;

    private static string? Add<T>(List<T[]> to, T[] alternatives) => Then(() => to.Add(alternatives));

    private static string? Then(Action action)
    {
        action();
        return null;
    }
}
