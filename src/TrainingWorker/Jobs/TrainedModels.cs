using System.Text.Json;
using Gateway.Contracts;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Gates;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Training;
using Gateway.TrainingWorker.Weights;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>The end of a job: model files of its last checkpoint, the gates' verdict on them, their rows.</summary>
public sealed class TrainedModels(TrainingLeases leases, JobTrial trial, IObjectStore objects, TimeProvider time)
{
    private const string By = "training worker";

    /// <summary>Killed anywhere in here, the next trainer makes the same files from the same checkpoint and has them judged
    /// again.</summary>
    /// <exception cref="LeaseLostException">The lease is over; no model came of it.</exception>
    public async Task FinishAsync(JobPlan plan, TrainingData data, double seconds, CancellationToken cancel)
    {
        await PhaseAsync(plan, JobPhase.Exporting, cancel);
        var info = Info(plan);
        var exported = await TrainingTrace.InAsync("export", () => TrainingThread.RunAsync(() => ExportCommand.Run(Request(plan, info))));
        var there = Direction.Parse(plan.Job.Pair);
        var files = exported.Zip((Direction[])[there, there.Reverse]).ToDictionary(pair => pair.Second, pair => pair.First);
        await PhaseAsync(plan, JobPhase.Gates, cancel);
        var verdict = await TrainingTrace.InAsync("gates", () => trial.RunAsync(plan, files, data, cancel));
        await TrainingTrace.InAsync("register", async () =>
        {
            var models = await ModelsAsync(plan, info, files, verdict, cancel);
            await leases.EndAsync(
                plan.Lease, TrainingJobState.Done, null, seconds, db => RegisterAsync(db, plan, models), CancellationToken.None);
        });
    }

    private async Task<List<Model>> ModelsAsync(
        JobPlan plan, OnnxModelInfo info, Dictionary<Direction, ExportReport> files, TrialResult verdict, CancellationToken cancel)
    {
        var report = await objects.PutAsync(System.Text.Encoding.UTF8.GetBytes(verdict.Report.ToJson()), cancel);
        var sheet = verdict.Sheet is { } png ? await objects.PutAsync(png, cancel) : null;
        var models = new List<Model>();
        foreach (var (direction, file) in files)
        {
            var judged = verdict.Report.Directions.Single(one => one.Direction == direction.Name);
            models.Add(new()
            {
                Digest = await objects.PutAsync(await File.ReadAllBytesAsync(file.Path, cancel), cancel),
                Direction = direction.Name,
                Name = info.Model,
                Version = info.Version,
                State = judged.Passed ? ModelState.Candidate : ModelState.Rejected,
                ParentDigest = plan.Options.Parents.Count == 0 ? null : plan.Options.Parents[direction.Name == plan.Job.Pair ? 0 : 1],
                JobId = plan.Job.Id,
                ManifestDigest = plan.Manifest,
                Recipe = JsonSerializer.Serialize(plan.Options),
                ReportSha256 = report,
                SheetSha256 = sheet,
                Reasons = [.. judged.Reasons],
                CreatedAt = time.GetUtcNow(),
            });
        }
        return models;
    }

    private async Task RegisterAsync(GatewayDbContext db, JobPlan plan, List<Model> models)
    {
        foreach (var model in models)
            if (!await db.Models.AnyAsync(m => m.Digest == model.Digest))
                db.AddModel(
                    model, model.State == ModelState.Rejected ? ModelActKind.Rejected : ModelActKind.Trained, By, $"job {plan.Job.Id}",
                    time.GetUtcNow());
        db.Enqueue(new ModelTrained { JobId = plan.Job.Id }, time);
    }

    private Task PhaseAsync(JobPlan plan, string phase, CancellationToken cancel) =>
        leases.WriteAsync(plan.Lease, set => set.SetProperty(j => j.Phase, phase), null, cancel);

    // Nothing in it depends on when or where it is made: a second trainer's files have the same digests.
    private OnnxModelInfo Info(JobPlan plan)
    {
        var parent = plan.Options.Parents.Count == 0 ? null : FoldedGenerator.Read(objects, plan.Options.Parents[0]).Info;
        return new()
        {
            Direction = plan.Job.Pair,
            HuLow = parent?.HuLow ?? GreyRange.Brain.Low,
            HuHigh = parent?.HuHigh ?? GreyRange.Brain.High,
            Deform = parent?.Deform ?? false,
            Model = parent?.Model ?? $"gateway-{plan.Job.Pair}",
            Version = FormattableString.Invariant($"{plan.Job.CreatedAt.UtcDateTime:yyyyMMdd}-{plan.Job.Id.ToString("N")[^8..]}"),
            TrainedOn = $"manifest {plan.Manifest[..12]} and digital head phantoms",
        };
    }

    private static ExportRequest Request(JobPlan plan, OnnxModelInfo info) => new()
    {
        Checkpoints = [plan.Checkpoint],
        Out = Path.Combine(plan.Folder, "models"),
        HuLow = info.HuLow,
        HuHigh = info.HuHigh,
        Deform = info.Deform,
        Model = info.Model,
        Version = info.Version,
        TrainedOn = info.TrainedOn,
        Strict = false,
    };
}
