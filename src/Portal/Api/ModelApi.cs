using System.Text;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>/api/models</c>.</summary>
internal static class ModelApi
{
    private static readonly Dictionary<string, ModelState> States = Enum.GetValues<ModelState>().ToDictionary(state => state.Word());

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapModelActs();
        routes.MapGet("/api/models", ListAsync);
        routes.MapGet("/api/models/{digest}", async (string digest, ModelQueries models, CancellationToken cancel) =>
            await models.FindAsync(digest, cancel) is { } model
                ? TypedResults.Ok(new ModelJson(model)) : (IResult)Problems.NotFound("model"));
        routes.MapGet("/api/models/{digest}/card", async (string digest, ModelQueries models, CancellationToken cancel) =>
            await models.CardAsync(digest, cancel) is { } card
                ? TypedResults.Text(card, "text/markdown", Encoding.UTF8) : (IResult)Problems.NotFound("model"));
        routes.MapGet("/api/models/{digest}/shadow", async (string digest, ModelQueries models, CancellationToken cancel) =>
            await models.ShadowAsync(digest, cancel) is { } report
                ? TypedResults.Ok(ShadowReportJson.Of(report)) : (IResult)Problems.NotFound("model"));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, string? direction, ModelQueries models, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var (page, word) = (PageRequest.Read(request.Query, errors), request.Query["state"].ToString());
        ModelState? state = States.TryGetValue(word, out var known) ? known : null;
        if (word.Length > 0 && state is null)
            errors["state"] = [$"One of {string.Join(", ", States.Keys)}."];
        return errors.Count > 0
            ? Problems.BadParameters(errors)
            : TypedResults.Ok(
                (await models.ListAsync(string.IsNullOrEmpty(direction) ? null : direction, state, page, cancel)).Select(ModelRowJson.Of));
    }
}
