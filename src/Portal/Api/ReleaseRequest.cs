using System.Text.Json;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Who releases a series and why, checked: one line each, within what the database keeps.</summary>
internal sealed record ReleaseRequest(string By, string Why)
{
    /// <summary>From the page's form or a JSON body <c>{by, why}</c>. Where a proxy authenticates, the name is the one that the proxy
    /// gives, not the one in the body.</summary>
    /// <param name="request">Its body is read.</param>
    /// <param name="auth">How people are known.</param>
    /// <param name="errors">What is wrong, by name.</param>
    public static async Task<ReleaseRequest> ReadAsync(HttpRequest request, AuthOptions auth, Dictionary<string, string[]> errors)
    {
        var (by, why) = await BodyAsync(request);
        if (auth.Mode == AuthMode.Proxy)
            by = request.Headers[auth.UserHeader].ToString();
        return new(Line("by", by, Release.LongestBy, errors), Line("why", why, Release.LongestWhy, errors));
    }

    private static async Task<(string? By, string? Why)> BodyAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            return (form["by"], form["why"]);
        }
        try
        {
            var body = request.HasJsonContentType() ? await request.ReadFromJsonAsync<Body>() : null;
            return (body?.By, body?.Why);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    /// <summary>One line without control characters, or an error under its name.</summary>
    internal static string Line(string name, string? text, int longest, Dictionary<string, string[]> errors)
    {
        var line = string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        if (line.Length == 0 || line.Length > longest)
            errors[name] = [$"1 to {longest} characters."];
        return line;
    }

    private sealed record Body(string? By, string? Why);
}
