using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>POST /api/training/jobs</c>, and <c>pause</c>, <c>resume</c> and <c>cancel</c> of one. JSON from programs, a form from the
/// page.</summary>
internal static class TrainingActApi
{
    private const int MostBytes = 16 * 1024;

    public static void MapTrainingActs(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, act) in (IEnumerable<(string, Delegate)>)
            [("", OrderAsync), ("/{id:guid}/pause", PauseAsync), ("/{id:guid}/resume", ResumeAsync), ("/{id:guid}/cancel", CancelAsync)])
            routes.MapPost("/api/training/jobs" + path, act).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> OrderAsync(
        HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, TrainingJobs jobs, CancellationToken cancel)
    {
        if (Caller.Refusal(request, auth.Value, hosts) is { } refusal)
            return refusal;
        var errors = new Dictionary<string, string[]>();
        var order = await TrainingOrderRequest.ReadAsync(request, auth.Value, errors);
        // The reverse of a pair is the same pair: one job of it at a time.
        if (errors.Count == 0 && await jobs.LastAsync(Reverse(order.Pair), cancel) is { } known)
            errors["pair"] = [$"This pair is called {known.Pair}."];
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        var ordered = await jobs.OrderAsync(order, cancel);
        if (!ordered.IsNew)
            return Problems.Conflict($"The pair has a job that has not ended: {ordered.Job.Id}.");
        return request.HasFormContentType
            ? new SeeOther(Links.Job(ordered.Job.Id))
            : TypedResults.Accepted(Links.JobJson(ordered.Job.Id), new { ordered.Job.Id, state = ordered.Job.State.Word() });
    }

    private static async Task<IResult> PauseAsync(
        Guid id, HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, TrainingJobs jobs, TrainingQueries training,
        CancellationToken cancel) =>
        Caller.Refusal(request, auth.Value, hosts) ?? await AnswerAsync(
            id, request, await jobs.PauseAsync(id, cancel), "The job has ended, pauses already, or is to be cancelled.", training, cancel);

    private static async Task<IResult> ResumeAsync(
        Guid id, HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, TrainingJobs jobs, TrainingQueries training,
        CancellationToken cancel) =>
        Caller.Refusal(request, auth.Value, hosts)
            ?? await AnswerAsync(id, request, await jobs.ResumeAsync(id, cancel), "The job does not pause.", training, cancel);

    private static async Task<IResult> CancelAsync(
        Guid id, HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, TrainingJobs jobs, TrainingQueries training,
        CancellationToken cancel)
    {
        if (Caller.Refusal(request, auth.Value, hosts) is { } refusal)
            return refusal;
        var errors = new Dictionary<string, string[]>();
        var by = auth.Value.Mode == AuthMode.Proxy
            ? request.Headers[auth.Value.UserHeader].ToString()
            : (await RequestFields.ReadAsync(request)).GetValueOrDefault("by");
        var who = ReleaseRequest.Line("by", by, ModelAct.LongestBy, errors);
        return errors.Count > 0
            ? Problems.BadParameters(errors)
            : await AnswerAsync(id, request, await jobs.CancelAsync(id, who, cancel), "The job has ended.", training, cancel);
    }

    private static async Task<IResult> AnswerAsync(
        Guid id, HttpRequest request, bool done, string whyNot, TrainingQueries training, CancellationToken cancel)
    {
        if (await training.JobAsync(id, cancel) is not { } job)
            return Problems.NotFound("training job");
        if (!done)
            return Problems.Conflict(whyNot);
        return request.HasFormContentType
            ? new SeeOther(Links.Job(id))
            : TypedResults.Accepted(Links.JobJson(id), new { id, state = job.State.Word(), wanted = job.Wanted?.Word() });
    }

    private static string Reverse(string pair) => string.Join('-', pair.Split('-').Reverse());
}
