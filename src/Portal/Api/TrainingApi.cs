using System.Globalization;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>/api/training/jobs</c>.</summary>
internal static class TrainingApi
{
    private static readonly Dictionary<string, TrainingJobState> States =
        Enum.GetValues<TrainingJobState>().ToDictionary(state => state.Word());

    public static void MapTraining(this IEndpointRouteBuilder routes)
    {
        routes.MapTrainingActs();
        routes.MapGet("/api/training/jobs", ListAsync);
        routes.MapGet("/api/training/jobs/{id:guid}", async (Guid id, TrainingQueries training, CancellationToken cancel) =>
            await training.FindAsync(id, cancel) is { } job
                ? TypedResults.Ok(new JobJson(job)) : (IResult)Problems.NotFound("training job"));
        routes.MapGet("/api/training/jobs/{id:guid}/points", PointsAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, TrainingQueries training, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var (page, word) = (PageRequest.Read(request.Query, errors), request.Query["state"].ToString());
        var states = States.TryGetValue(word, out var state) ? [state] : Array.Empty<TrainingJobState>();
        if (word.Length > 0 && states.Length == 0)
            errors["state"] = [$"One of {string.Join(", ", States.Keys)}."];
        return errors.Count > 0 ? Problems.BadParameters(errors)
            : TypedResults.Ok((await training.JobsAsync(states, page, cancel)).Select(JobRowJson.Of));
    }

    private static async Task<IResult> PointsAsync(Guid id, HttpRequest request, TrainingQueries training, CancellationToken cancel)
    {
        var after = 0;
        if (request.Query["after"].ToString() is { Length: > 0 } asked
            && !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Problems.BadParameters(new() { ["after"] = ["A step: points after it are told."] });
        if (await training.JobAsync(id, cancel) is null)
            return Problems.NotFound("training job");
        return TypedResults.Ok(new { items = (await training.PointsAsync(id, after, cancel)).Select(PointJson.Of).ToList() });
    }
}
