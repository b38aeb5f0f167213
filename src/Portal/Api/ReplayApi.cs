using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>POST /api/replay</c>: JSON from programs, a form from the page.</summary>
internal static class ReplayApi
{
    private const int MostBytes = 16 * 1024;

    public static void MapReplays(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/replay", ReplayAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> ReplayAsync(
        HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, WorkReplays replays, CancellationToken cancel)
    {
        if (Caller.Refusal(request, auth.Value, hosts) is { } refusal)
            return refusal;
        var errors = new Dictionary<string, string[]>();
        var wish = await ReplayRequest.ReadAsync(request, auth.Value, errors);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        var done = await replays.ReplayAsync(wish.Filter, wish.By, wish.Why, cancel);
        if (done.Count == 0)
            return Problems.NotFound("failure that nobody has replayed");
        if (!done.Any(one => one.Result == ReplayResult.Replayed))
            return Problems.Conflict(
                "Nothing is left to do: the series went on without it, somebody was faster, or this version cannot read the message.");
        if (request.HasFormContentType)
            return new SeeOther(wish.Filter.Study is { } study ? Links.Study(study) : Links.Failures);
        return TypedResults.Accepted((string?)null, new { items = done.Select(ReplayedJson.Of).ToList() });
    }

    private sealed record ReplayedJson(Guid Failure, string Stage, Guid? SeriesId, string Result)
    {
        public static ReplayedJson Of(ReplayedFailure one) => new(one.FailureId, one.Stage, one.SeriesId, Kebab.Of(one.Result.ToString()));
    }
}
