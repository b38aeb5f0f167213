using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What a person may do to a model: <c>POST /api/models/{digest}/activate</c>, <c>reject</c>, <c>shadow</c>, <c>shadow/end</c>,
/// and
/// <c>/api/models/rollback</c>. JSON from programs, a form from the page.</summary>
internal static class ModelActApi
{
    private const int MostBytes = 16 * 1024;

    private delegate Task<ModelActResult> Act(ModelActivation models, string digest, ActRequest wish, CancellationToken cancel);

    public static void MapModelActs(this IEndpointRouteBuilder routes)
    {
        Map(routes, "activate", (models, digest, wish, cancel) => models.ActivateAsync(digest, wish.By, wish.Why, wish.Instead, cancel));
        Map(routes, "reject", (models, digest, wish, cancel) => models.RejectAsync(digest, wish.By, wish.Why, cancel));
        Map(routes, "shadow", (models, digest, wish, cancel) => models.BeginShadowAsync(digest, wish.By, wish.Why, cancel));
        Map(routes, "shadow/end", (models, digest, wish, cancel) => models.EndShadowAsync(digest, wish.By, wish.Why, cancel));
        routes.MapPost("/api/models/rollback", RollBackAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static void Map(IEndpointRouteBuilder routes, string verb, Act act) => routes
        .MapPost($"/api/models/{{digest}}/{verb}", async (
            string digest, HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, ModelActivation models,
            CancellationToken cancel) =>
        {
            var (wish, refusal) = await ReadAsync(request, auth.Value, hosts, asksDirection: false);
            return refusal ?? Answer(await act(models, digest, wish!, cancel), request, Links.Model(digest));
        })
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> RollBackAsync(
        HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, ModelActivation models, CancellationToken cancel)
    {
        var (wish, refusal) = await ReadAsync(request, auth.Value, hosts, asksDirection: true);
        return refusal
            ?? Answer(await models.RollBackAsync(wish!.Direction!, wish.By, wish.Why, wish.Instead, cancel), request, Links.Models);
    }

    /// <summary>What is wished, or why it is not done.</summary>
    private static async Task<(ActRequest? Wish, IResult? Refusal)> ReadAsync(
        HttpRequest request, AuthOptions auth, AllowedHosts hosts, bool asksDirection)
    {
        if (Caller.Refusal(request, auth, hosts) is { } refusal)
            return (null, refusal);
        var errors = new Dictionary<string, string[]>();
        var wish = await ActRequest.ReadAsync(request, auth, errors);
        if (asksDirection && wish.Direction is null)
            errors["direction"] = ["A direction, such as t2-ct."];
        return errors.Count > 0 ? (null, Problems.BadParameters(errors)) : (wish, null);
    }

    private static IResult Answer(ModelActResult result, HttpRequest request, string page) => result switch
    {
        ModelActResult.Done when request.HasFormContentType => new SeeOther(page),
        ModelActResult.Done => TypedResults.Accepted(page),
        ModelActResult.Already => Problems.Conflict("There is nothing to do: the model is that already."),
        ModelActResult.WasRejected => Problems.Conflict("The model was rejected, and translates nothing any more."),
        ModelActResult.IsChampion =>
            Problems.Conflict("The model is the champion: another has to be activated first, or this one rolled back."),
        ModelActResult.Overtaken => Problems.Conflict("Another model became the champion meanwhile: look at the models again."),
        ModelActResult.NoneBefore => Problems.Conflict("No champion was before this one, or there is none."),
        _ => Problems.NotFound("model"),
    };
}
