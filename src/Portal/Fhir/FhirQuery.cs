using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Gateway.Portal;

/// <summary>A search. Values of one parameter are alternatives; all parameters have to match.</summary>
/// <param name="Root">URL of this endpoint, without a slash at its end.</param>
internal sealed record FhirQuery(string Type, string Root)
{
    public const int DefaultCount = 50;
    public const int MaxCount = 200;

    public List<FhirCriterion> Criteria { get; } = [];
    public List<FhirInclude> Includes { get; } = [];
    public List<FhirInclude> ReverseIncludes { get; } = [];
    public FhirSort Sort { get; private set; } = FhirSort.ById;

    /// <summary>0 asks for the total alone.</summary>
    public int Count { get; private set; } = DefaultCount;

    /// <summary>Where the page goes on; null for the first page.</summary>
    public string? After { get; private set; }

    /// <summary>The total is asked for, also where it is dear.</summary>
    public bool WantsTotal { get; private set; }

    /// <summary>The parameters in effect, for the self link.</summary>
    public List<KeyValuePair<string, string>> Used { get; } = [];

    public bool Matches(JsonObject resource) => Criteria.TrueForAll(criterion => criterion.Matches(resource));

    /// <summary>Reads what a URL, or the body of a POST, asks for. A parameter that is not supported is an error, since ignoring a
    /// filter would show other patients' studies.</summary>
    /// <returns>Null when all is well, else a sentence.</returns>
    public string? Read(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        foreach (var (name, values) in parameters)
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

    private string? Read(string name, string value) => name switch
    {
        "_after" => Then(() => After = value),
        "_count" => ReadCount(value),
        "_summary" when value == "count" => Then(() => Count = 0),
        "_total" => value is "none" or "estimate" or "accurate"
            ? Then(() => WantsTotal = value == "accurate") : "_total is none, estimate or accurate.",
        "_sort" => FhirSort.Parse(Type, value) is { } sort ? Then(() => Sort = sort)
            : $"_sort is one of _id, _lastUpdated{(Type == "ImagingStudy" ? ", started" : "")}, with or without a minus.",
        "_include" => ReadInclude(name, value, Includes, include => include.Source),
        "_revinclude" => ReadInclude(name, value, ReverseIncludes, include => include.Target),
        _ => FhirParameter.Find(Type, name) is { } parameter
            ? ReadCriterion(parameter, value)
            : $"The search parameter {name} is not supported for {Type}; see the CapabilityStatement.",
    };

    private string? ReadCount(string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return "_count is a whole number.";
        Count = Math.Min(count, MaxCount);
        return null;
    }

    private string? ReadInclude(string name, string value, List<FhirInclude> to, Func<FhirInclude, string> ofType) =>
        FhirInclude.Parse(value) is { } include && ofType(include) == Type
            ? Then(() => to.Add(include)) : $"{name} of that is not supported for {Type}; see the CapabilityStatement.";

    private string? ReadCriterion(FhirParameter parameter, string value)
    {
        var tests = value.Split(',').Select(one => parameter.Parse(one, Root)).ToList();
        var form = parameter.Type == FhirParameterType.Date ? "a date, with or without a prefix" : "value, system|value or |value";
        return tests.Contains(null)
            ? $"{parameter.Name} is {form}."
            : Then(() => Criteria.Add(new(parameter, [.. tests.OfType<FhirTest>()])));
    }

    private static string? Then(Action action)
    {
        action();
        return null;
    }
}
