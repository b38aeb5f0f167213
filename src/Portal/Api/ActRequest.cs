using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Who does something to a model and why, checked.</summary>
/// <param name="Instead">The champion that the person saw; null where the request does not say.</param>
/// <param name="Direction">Null where the request does not say.</param>
internal sealed record ActRequest(string By, string Why, string? Instead, string? Direction)
{
    /// <summary>From the page's form or a JSON body <c>{by, why, instead, direction}</c>. Where a proxy authenticates, its word for who it
    /// is counts, and the body's does not.</summary>
    /// <param name="request">Its body is read.</param>
    /// <param name="auth">How people are known.</param>
    /// <param name="errors">What is wrong, by name.</param>
    public static async Task<ActRequest> ReadAsync(HttpRequest request, AuthOptions auth, Dictionary<string, string[]> errors)
    {
        var fields = await RequestFields.ReadAsync(request);
        var by = auth.Mode == AuthMode.Proxy ? request.Headers[auth.UserHeader].ToString() : fields.GetValueOrDefault("by");
        return new(
            ReleaseRequest.Line("by", by, ModelAct.LongestBy, errors), ReleaseRequest.Line(
                "why", fields.GetValueOrDefault("why"), ModelAct.LongestWhy, errors),
            fields.GetValueOrDefault("instead"), fields.GetValueOrDefault("direction"));
    }
}
