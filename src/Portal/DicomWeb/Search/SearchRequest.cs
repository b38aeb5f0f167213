using System.Globalization;

namespace Gateway.Portal.DicomWeb;

/// <summary>A search as the query string asks for it (PS3.18 section 8.3.4).</summary>
internal sealed record SearchRequest
{
    public const int MostResults = 1_000;

    public required QueryLevel Level { get; init; }

    /// <summary>All of them have to match.</summary>
    public List<KeyMatch> Keys { get; } = [];

    /// <summary>Attributes to be returned beside those that every result has.</summary>
    public HashSet<DicomTag> Fields { get; } = [];

    /// <summary>Every attribute of the level is returned.</summary>
    public bool AllFields { get; private set; }

    /// <summary>Results at most.</summary>
    public int Limit { get; private set; } = MostResults;

    /// <summary>Results left out at the start.</summary>
    public int Offset { get; private set; }

    /// <summary>Names were to be matched by their sound, which is not done.</summary>
    public bool Fuzzy { get; private set; }

    /// <summary>Reads a query string. A key that cannot be matched is an error, since ignoring it would show other patients' studies.
    /// </summary>
    /// <param name="errors">What is wrong, by parameter.</param>
    public static SearchRequest Read(QueryLevel level, IQueryCollection query, Dictionary<string, string[]> errors)
    {
        var request = new SearchRequest { Level = level };
        foreach (var (name, values) in query)
            if (request.ReadOne(name, [.. values.Select(value => (value ?? "").Trim(' '))]) is { } error)
                errors[name] = [error];
        return request;
    }

    private string? ReadOne(string name, string[] values) => name switch
    {
        "accept" or "charset" => null,
        "includefield" => ReadFields(values),
        _ when values.Length > 1 => "Once.",
        "limit" => ReadCount(values[0], count => Limit = Math.Min(count, MostResults)),
        "offset" => ReadCount(values[0], count => Offset = count),
        "fuzzymatching" or "emptyvaluematching" => ReadFlag(name, values[0]),
        _ => ReadKey(name, values[0]),
    };

    private string? ReadFields(string[] values)
    {
        foreach (var name in values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (name == "all")
                AllFields = true;
            else if (AttributeName.FindOutermost(name) is { } tag)
                Fields.Add(tag);
            else
                return "Tags of eight hexadecimal digits, keywords of PS3.6, or all.";
        }
        return null;
    }

    private string? ReadFlag(string name, string value)
    {
        if (value is not ("true" or "false"))
            return "true or false.";
        if (name == "emptyvaluematching")
            return value == "true" ? "Empty values are not matched." : null;
        Fuzzy = value == "true";
        return null;
    }

    private string? ReadKey(string name, string value)
    {
        if (AttributeName.FindOutermost(name) is not { } tag)
            return "This is no attribute: a tag of eight hexadecimal digits or a keyword of PS3.6.";
        if (value is "" or "*")    // matches everything and asks for the attribute (PS3.4 section C.2.2.2.3)
        {
            Fields.Add(tag);
            return null;
        }
        if (name.Contains('.', StringComparison.Ordinal) || QueryKey.Find(tag) is not { } key || key.Level > Level)
            return $"Not matched in a search for {Level switch
            {
                QueryLevel.Study => "studies",
                QueryLevel.Series => "series",
                _ => "instances",
            }}; see the conformance statement.";
        if (KeyMatch.Read(key, value, out var error) is not { } match)
            return error;
        if (Keys.Exists(other => other.Key == key))
            return "Once, by tag or by keyword.";
        Keys.Add(match);
        return null;
    }

    private static string? ReadCount(string value, Action<int> with)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return "A whole number, 0 or more.";
        with(count);
        return null;
    }
}
