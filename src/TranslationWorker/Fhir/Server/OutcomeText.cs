using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.TranslationWorker;

/// <summary>An OperationOutcome in words that may be logged and shown: status, codes and paths. Its texts and diagnostics may quote the
/// resource, and so a patient; they stay out.</summary>
internal static partial class OutcomeText
{
    private const int Most = 5;

    public static string Of(FhirAnswer answer) => Of(answer.Status, answer.Body);

    /// <param name="status">HTTP status.</param>
    /// <param name="outcome">Null, or any resource.</param>
    public static string Of(int status, JsonObject? outcome)
    {
        var issues = outcome?["issue"] is JsonArray all ? all.OfType<JsonObject>().Select(Issue).OfType<string>().Distinct().ToList() : [];
        return issues.Count == 0
            ? $"HTTP {status}"
            : $"HTTP {status}, {string.Join("; ", issues.Take(Most))}{(issues.Count > Most ? $" and {issues.Count - Most} more" : "")}";
    }

    private static string? Issue(JsonObject issue)
    {
        if (issue["code"] is not JsonValue value || !value.TryGetValue<string>(out var code) || !Code().IsMatch(code))
            return null;
        var paths = (issue["expression"] ?? issue["location"]) is JsonArray all
            ? all.OfType<JsonValue>().Select(path => path.TryGetValue<string>(out var text) ? text : "")
                .Where(text => Path().IsMatch(text)).ToList()
            : [];
        return paths.Count == 0 ? code : $"{code} at {string.Join(", ", paths.Take(Most))}";
    }

    [GeneratedRegex("^[a-z-]{1,30}$")]
    private static partial Regex Code();

    // Element names and indices alone: a path by FHIRPath may compare with a value.
    [GeneratedRegex(@"^[A-Z][A-Za-z]{0,40}((\.[a-z][A-Za-z]{0,40}(\[x\])?)|(\[[0-9]{1,5}\])){0,12}$")]
    private static partial Regex Path();
}
