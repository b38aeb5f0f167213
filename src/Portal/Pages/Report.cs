using System.Globalization;
using System.Text;
using System.Text.Json;

using Gateway.Contracts.Trials;

namespace Gateway.Portal.Pages;

/// <summary>JSON that others wrote, for people.</summary>
internal static class Report
{
    private const int MostRows = 1000;

    private static readonly JsonSerializerOptions Lines = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The report of a trial, and what it says of a model; null where it is another kind of report, or of other models.</summary>
    public static (TrialReport Report, TrialDirection Direction)? Trial(string? json, string digest)
    {
        if (json is null)
            return null;
        try
        {
            var report = TrialReport.Parse(Encoding.UTF8.GetBytes(json));
            return report.Directions.FirstOrDefault(direction => direction.Candidate.Digest == digest) is { } direction
                ? (report, direction) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every number and word in it with the way to it, such as <c>gates[2].passed</c>; empty where it is no JSON.</summary>
    public static IReadOnlyList<(string Path, string Value)> Rows(string? json)
    {
        if (json is null)
            return [];
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. Flat("", document.RootElement).Take(MostRows)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>One member a line; unchanged where it is no JSON.</summary>
    public static string Indented(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, Lines);
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static IEnumerable<(string Path, string Value)> Flat(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject().SelectMany(member => Flat(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Flat($"{path}[{index}]", item)),
        JsonValueKind.Number when element.TryGetDouble(out var number) =>
            [(path, number.ToString("0.######", CultureInfo.InvariantCulture))],
        _ => [(path, element.ToString())],
    };
}
