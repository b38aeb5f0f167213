using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>POST /api/series/{id}/release</c>: JSON from programs, a form from the page.</summary>
internal static class ReleaseApi
{
    private const int MostBytes = 16 * 1024;

    public static void MapReleases(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/series/{id:guid}/release", ReleaseAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> ReleaseAsync(
        Guid id, HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, SeriesReleases releases, CancellationToken cancel)
    {
        if (Caller.Refusal(request, auth.Value, hosts) is { } refusal)
            return refusal;
        var errors = new Dictionary<string, string[]>();
        var wish = await ReleaseRequest.ReadAsync(request, auth.Value, errors);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        var outcome = await releases.ReleaseAsync(id, wish.By, wish.Why, cancel);
        return outcome switch
        {
            { Result: ReleaseResult.Released, Series: { } series } when request.HasFormContentType =>
                new SeeOther(Links.Study(series.StudyId)),
            { Result: ReleaseResult.Released } => TypedResults.Accepted((string?)null, new { id, state = SeriesState.Queued.Word() }),
            { Result: ReleaseResult.NotHeld } =>
                Problems.Conflict("The series is not held: a gate did not stop it, or somebody released it before."),
            { Result: ReleaseResult.PatientConflict } =>
                Problems.Conflict("The study's images name more than one patient: a person has to choose whose it is first."),
            { Result: ReleaseResult.Final } =>
                Problems.Conflict("The registration has no way back onto the patient's images: such a series cannot be released."),
            _ => Problems.NotFound("series"),
        };
    }
}
