using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Gateway.Portal;

/// <summary><c>POST /api/redirect</c>: what waits for one destination goes to another. JSON or form: <c>{from, to, by, why}</c>.</summary>
internal static class RedirectApi
{
    private const int MostBytes = 16 * 1024;
    private const int LongestName = 200;

    public static void MapRedirects(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/redirect", RedirectAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> RedirectAsync(
        HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, DeliveryRedirects redirects, CancellationToken cancel)
    {
        if (Caller.Refusal(request, auth.Value, hosts) is { } refusal)
            return refusal;
        var errors = new Dictionary<string, string[]>();
        var body = await RequestFields.ReadAsync(request);
        string Field(string name, string? value, int longest) => ReleaseRequest.Line(name, value, longest, errors);
        var (from, to) = (
            Field("from", body.GetValueOrDefault("from"), LongestName), Field("to", body.GetValueOrDefault("to"), LongestName));
        var isProxied = auth.Value.Mode == AuthMode.Proxy;
        var by = Field(
            "by", isProxied ? request.Headers[auth.Value.UserHeader].ToString() : body.GetValueOrDefault("by"), Replay.LongestBy);
        var why = Field("why", body.GetValueOrDefault("why"), Replay.LongestWhy);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        return await redirects.RedirectAsync(from, to, by, why, cancel) is > 0 and var series
            ? TypedResults.Accepted((string?)null, new { series })
            : Problems.NotFound("series that waits for that destination");
    }
}
