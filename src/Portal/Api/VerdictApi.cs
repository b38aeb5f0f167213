using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>/api/series/{id}/verdicts</c>: what readers said of a derived series. JSON from programs, a form from the page.</summary>
internal static class VerdictApi
{
    private const int MostBytes = 16 * 1024;

    public static void MapVerdicts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/series/{id:guid}/verdicts", ListAsync);
        routes.MapPost("/api/series/{id:guid}/verdicts", JudgeAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> ListAsync(Guid id, ResultVerdicts verdicts, CancellationToken cancel) =>
        await verdicts.FindAsync(id, cancel) is { } found
            ? TypedResults.Ok(new { items = found.ConvertAll(VerdictJson.Of) }) : Problems.NotFound("derived series");

    private static async Task<IResult> JudgeAsync(
        Guid id, HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, ResultVerdicts verdicts, CancellationToken cancel)
    {
        if (Caller.Refusal(request, auth.Value, hosts) is { } refusal)
            return refusal;
        var errors = new Dictionary<string, string[]>();
        var wish = await VerdictRequest.ReadAsync(request, auth.Value, errors);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        return await verdicts.JudgeAsync(id, wish, cancel) switch
        {
            (JudgeResult.Recorded or JudgeResult.Already, { } study) when request.HasFormContentType => new SeeOther(Links.Study(study)),
            (JudgeResult.Recorded or JudgeResult.Already, _) =>
                TypedResults.Accepted((string?)null, new { id, verdict = wish.Kind.Word() }),
            (JudgeResult.TookItsPlace, _) =>
                Problems.Conflict("The series does not count any more: another result took its place, or its source is judged anew."),
            _ => Problems.NotFound("derived series"),
        };
    }
}
