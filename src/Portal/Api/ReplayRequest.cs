using System.Globalization;

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
        var body = await RequestFields.ReadAsync(request);
        var by = auth.Mode == AuthMode.Proxy ? request.Headers[auth.UserHeader].ToString() : body.GetValueOrDefault("by");
        var filter = new ReplayFilter
        {
            Failure = RequestFields.Id("failure", body, errors),
            Study = RequestFields.Id("study", body, errors),
            Stage = body.GetValueOrDefault("stage"),
            From = Time("from", body, errors),
            To = Time("to", body, errors),
            Destination = body.GetValueOrDefault("destination"),
        };
        if (errors.Count == 0 && filter.IsEmpty)
            errors["failure"] = ["Say which: failure, study, stage, from, to or destination."];
        return new(
            ReleaseRequest.Line("by", by, Replay.LongestBy, errors),
            ReleaseRequest.Line("why", body.GetValueOrDefault("why"), Replay.LongestWhy, errors), filter);
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
