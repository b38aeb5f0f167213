using System.CommandLine;
using System.Text.Json;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TrainingWorker.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary><c>gateway train --job</c> and its like: training jobs, which a trainer of the gateway works on.</summary>
internal static class TrainJobVerb
{
    private static readonly Option<bool> Job = new("--job") { Description = "Order a training job; a pair that has an open one keeps it." };
    private static readonly Option<bool> Status = new("--status") { Description = "Show the last training jobs." };
    private static readonly Option<bool> Cancel = new("--cancel") { Description = "Cancel the open job." };
    private static readonly Option<bool> Pause = new("--pause") { Description = "Pause the open job." };
    private static readonly Option<bool> ResumeJob = new("--resume-job") { Description = "Let a paused job go on." };
    private static readonly Option<Guid?> JobId = new("--job-id") { Description = "Which job (the open one by default)." };
    private static readonly Option<string> By = new("--by")
    {
        Description = "Who asks (by default the user's name).",
        DefaultValueFactory = _ => Environment.UserName,
    };

    public static IEnumerable<Symbol> Symbols { get; } = [Job, Status, Cancel, Pause, ResumeJob, JobId, By, CommonOptions.Data];

    /// <summary>Whether the command line speaks of jobs, not of a folder.</summary>
    public static bool IsAsked(ParseResult parsed) => Acts.Any(act => parsed.GetValue(act));

    private static Option<bool>[] Acts => [Job, Status, Cancel, Pause, ResumeJob];

    /// <param name="parsed">The command line.</param>
    /// <param name="settings">Of the gateway, <c>Section:Key=value</c>.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <exception cref="VerbException">More than one thing was asked for, or there is no such job.</exception>
    public static async Task<int> RunAsync(ParseResult parsed, IEnumerable<string> settings, CancellationToken cancel)
    {
        if (Acts.Count(act => parsed.GetValue(act)) > 1)
            throw new VerbException("One of --job, --status, --cancel, --pause and --resume-job.", ExitCode.Usage);
        await using var app = GatewayHost.Build(new HostRequest
        {
            Data = parsed.GetValue(CommonOptions.Data)!.FullName,
            Settings = RunVerb.Settings(
                [.. settings, "Logging:LogLevel:Default=None", "Logging:LogLevel:Microsoft.EntityFrameworkCore=None"]),
        });
        var jobs = app.Services.GetRequiredService<TrainingJobs>();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
        List<TrainingJob> shown = parsed.GetValue(Status) ? await LastAsync(db, parsed.GetValue(JobId), cancel)
            : [parsed.GetValue(Job) ? await OrderAsync(parsed, jobs, cancel) : await ActAsync(parsed, jobs, db, cancel)];
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { jobs = shown.Select(Json) });
        else
            foreach (var job in shown)
                Console.WriteLine(Line(job));
        return ExitCode.Done;
    }

    private static async Task<TrainingJob> OrderAsync(ParseResult parsed, TrainingJobs jobs, CancellationToken cancel)
    {
        var order = new TrainingOrder { Pair = Recipes.FineTune.Direction, Trigger = TrainingTrigger.Person, By = parsed.GetValue(By)! };
        if (parsed.GetValue(TrainVerb.Recipe) is { } told)
        {
            var (name, json) = Found(told);
            order = order with { Pair = Parse(json).Direction, RecipeName = name, Recipe = json };
        }
        return (await jobs.OrderAsync(order, cancel)).Job;
    }

    private static (string Name, string Text) Found(string recipe)
    {
        try
        {
            return TrainingWorker.Training.RecipeFile.Find(recipe);
        }
        catch (InvalidDataException none)
        {
            throw new VerbException(none.Message, ExitCode.Usage);
        }
    }

    private static TrainingWorker.Training.TrainingOptions Parse(string json)
    {
        try
        {
            return Recipes.Parse(json);
        }
        catch (JobRefusedException refused)
        {
            throw new VerbException(refused.Message, ExitCode.Usage);
        }
    }

    private static async Task<TrainingJob> ActAsync(ParseResult parsed, TrainingJobs jobs, GatewayDbContext db, CancellationToken cancel)
    {
        TrainingJobState[] open = [TrainingJobState.Queued, TrainingJobState.Running, TrainingJobState.Paused];
        var id = parsed.GetValue(JobId) ?? await db.TrainingJobs.Where(j => open.Contains(j.State)).OrderBy(j => j.CreatedAt)
            .Select(j => (Guid?)j.Id).FirstOrDefaultAsync(cancel)
            ?? throw new VerbException("No training job is open.", ExitCode.Failed);
        var done = parsed.GetValue(Cancel) ? await jobs.CancelAsync(id, parsed.GetValue(By)!, cancel)
            : parsed.GetValue(Pause) ? await jobs.PauseAsync(id, cancel)
            : await jobs.ResumeAsync(id, cancel);
        var job = await db.TrainingJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, cancel)
            ?? throw new VerbException($"There is no training job {id}.", ExitCode.Failed);
        return done ? job : throw new VerbException($"That cannot be asked of it now: {Line(job)}", ExitCode.Failed);
    }

    private static async Task<List<TrainingJob>> LastAsync(GatewayDbContext db, Guid? id, CancellationToken cancel) =>
        await db.TrainingJobs.AsNoTracking().Where(j => id == null || j.Id == id).OrderByDescending(j => j.CreatedAt).Take(10)
            .ToListAsync(cancel);

    private static string Line(TrainingJob job) => FormattableString.Invariant(
        $"{job.Id} {job.Pair} {State(job.State)} {job.Phase} step {job.Step}/{job.StepsTotal} {job.RecipeName} by {job.By}, {job.CreatedAt:u}")
        + string.Concat(job.Reasons.Select(reason => $"; {reason.Code}: {reason.Text}"));

    private static object Json(TrainingJob job) => new
    {
        job.Id,
        job.Pair,
        state = State(job.State),
        trigger = Kebab.Of(job.Trigger.ToString()),
        job.By,
        job.CreatedAt,
        job.StartedAt,
        job.EndedAt,
        recipe = job.RecipeName,
        job.Phase,
        job.Step,
        job.StepsTotal,
        job.CheckpointStep,
        job.SecondsTrained,
        job.Holder,
        wanted = job.Wanted is { } wanted ? State(wanted) : null,
        job.ManifestDigest,
        reasons = job.Reasons.Select(reason => new { reason.Code, reason.Text }),
    };

    private static string State(TrainingJobState state) => Kebab.Of(state.ToString());
}
