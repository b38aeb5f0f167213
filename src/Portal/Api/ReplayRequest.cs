using System.Globalization;
using System.Text.Json;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Who wants which failures done again and why, checked.</summary>
internal sealed record ReplayRequest(string By, string Why, ReplayFilter Filter)
{
    /// <summary>From the page's form or a JSON body <c>{by, why, failure, study, stage, from, to,
    /// destination}</c>. Where a proxy authenticates,
    /// its word for who it is counts, and the body's does not.</summary>
    /// <param name="request">Its body is read.</param>
    /// <param name="auth">How people are known.</param>
    /// <param name="errors">What is wrong, by name.</param>
    public static async Task<ReplayRequest> ReadAsync(HttpRequest request, AuthOptions auth, Dictionary<string, string[]> errors)
    {
        var body = await BodyAsync(request);
        var by = auth.Mode == AuthMode.Proxy ? request.Headers[auth.UserHeader].ToString() : body.GetValueOrDefault("by");
        var filter = new ReplayFilter
        {
            Failure = Id("failure", body, errors),
            Study = Id("study", body, errors),
            Stage = body.GetValueOrDefault("stage"),
            From = Time("from", body, errors),
            To = Time("to", body, errors),
            Destination = body.GetValueOrDefault("destination"),
        };
        if (errors.Count == 0 && filter.IsEmpty)
            errors["failure"] = ["Say which: failure, study, stage, from, to or destination."];
        return new(
            ReleaseRequest.Line("by", by, Replay.LongestBy, errors), ReleaseRequest.Line("why", body.GetValueOrDefault("why"), Replay.LongestWhy, errors), filter);
    }

    /// <summary>What was written, by name in lower case; nothing where a field was left empty.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> BodyAsync(HttpRequest request)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync())
                fields[name] = value.ToString();
        }
        else if (request.HasJsonContentType())
        {
            foreach (var (name, value) in await JsonAsync(request))
                fields[name] = value.ToString();
        }
        return fields.Where(field => !string.IsNullOrWhiteSpace(field.Value)).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static async Task<Dictionary<string, JsonElement>> JsonAsync(HttpRequest request)
    {
        try
        {
            return await request.ReadFromJsonAsync<Dictionary<string, JsonElement>>() ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static Guid? Id(string name, IReadOnlyDictionary<string, string> body, Dictionary<string, string[]> errors)
    {
        if (!body.TryGetValue(name, out var text))
            return null;
        if (Guid.TryParseExact(text, "D", out var id))
            return id;
        errors[name] = ["An id, as the API gives it."];
        return null;
    }

    private static DateTimeOffset? Time(string name, IReadOnlyDictionary<string, string> body, Dictionary<string, string[]> errors)
    {
        if (!body.TryGetValue(name, out var text))
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        errors[name] = ["A time, such as 2026-11-30T08:00:00Z."];
        return null;
    }
}
