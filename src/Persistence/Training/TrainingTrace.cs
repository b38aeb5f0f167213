using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>The one trace of a training job's life, from its order to the swap of its models, in whichever process: each span is a child of
/// what
/// <see cref="TrainingJob.TraceParent"/> names.</summary>
/// <remarks>Tags are ids, counts, states and kinds of exceptions; nothing of a patient.</remarks>
public static class TrainingTrace
{
    public const string Name = "Gateway.Training";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The span of an order. Null where this process keeps no traces.</summary>
    public static Activity? Request(TrainingOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Source.StartActivity("request", ActivityKind.Producer)?.SetTag("training.pair", order.Pair)
            .SetTag("training.trigger", $"{order.Trigger}");
    }

    /// <summary>What the row of a new job names: the order's span, or, since other processes may keep traces, one that nobody has
    /// begun.</summary>
    public static string ParentOf(Activity? request) =>
        request?.Id ?? $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    /// <summary>A part of a job's life.</summary>
    /// <param name="part">Such as <c>claim</c> or <c>swap</c>.</param>
    /// <param name="parent">The job's <see cref="TrainingJob.TraceParent"/>; null, as for a model from outside: no span.</param>
    public static Activity? Start(string part, string? parent) =>
        parent is null ? null : Source.StartActivity(part, ActivityKind.Consumer, parent);

    /// <summary>Does a part of what is done for a job already, in a span inside that one.</summary>
    public static async Task<T> InAsync<T>(string part, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var span = Activity.Current?.Source == Source ? Source.StartActivity(part) : null;
        return await span.EndAsync(work);
    }

    /// <inheritdoc cref="InAsync{T}"/>
    public static Task InAsync(string part, Func<Task> work) => InAsync(part, () => DoneAsync(work));

    /// <inheritdoc cref="EndAsync{T}"/>
    public static Task EndAsync(this Activity? span, Func<Task> work) => span.EndAsync(() => DoneAsync(work));

    /// <summary>Does work that this span is of, and notes what kind of error ended it.</summary>
    public static async Task<T> EndAsync<T>(this Activity? span, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            span.EndsBy(error);
            throw;
        }
    }

    /// <summary>Notes what kind of error ended the work.</summary>
    public static void EndsBy(this Activity? span, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        span?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
    }

    /// <summary>Notes, in the span of the work that is going on, that a checkpoint is safe.</summary>
    /// <param name="step">Steps done in it.</param>
    public static void Checkpoint(int step)
    {
        if (Activity.Current is { } span && span.Source == Source)
            span.AddEvent(new("checkpoint", tags: new() { ["training.step"] = step }));
    }

    /// <summary>The trace of the job that made a model; null for a model that came from outside.</summary>
    public static Task<string?> TraceOfAsync(this GatewayDbContext db, string digest, CancellationToken cancel) =>
        db.TrainingJobs.Where(job => db.Models.Any(model => model.Digest == digest && model.JobId == job.Id)).Select(job => job.TraceParent)
            .SingleOrDefaultAsync(cancel);

    private static async Task<bool> DoneAsync(Func<Task> work)
    {
        await work();
        return true;
    }
}
