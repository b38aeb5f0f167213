using Gateway.Imaging.Modalities;
using Gateway.Persistence;

namespace Gateway.Cli;

/// <summary>The learning loop on one machine: patients in, a short retraining, the gates, activation, a study by the new model, roll
/// back.</summary>
internal sealed class LoopDemo(
    LoopArchive archive, LoopTraining training, LoopActivation activation, LoopSize size, string url, IProgress<string> progress)
{
    public async Task<LoopReport> RunAsync(CancellationToken cancel)
    {
        var start = TimeProvider.System.GetTimestamp();
        var (sent, samples) = await archive.FillAsync(size.Subjects, cancel);
        progress.Report($"what came in: {url}/archive; curves and sheets as they grow: {url}/training");
        var job = await training.RunAsync(ShippedModalities.T2.Direction.Name, size.Steps, cancel);
        foreach (var reason in job.Reasons)
            progress.Report($"training: {reason.Text}");
        var models = await activation.ActivateAsync(job.Id, cancel);
        progress.Report($"the report of the gates: {url}/models");
        var after = await OneMoreAsync("one more patient of each modality", cancel);
        IReadOnlyList<DemoStudy> back = [];
        if (models.Any(model => model.Activated))
        {
            await activation.RollBackAsync(models, cancel);
            back = await OneMoreAsync("and after the roll back", cancel);
        }
        return new()
        {
            Url = url,
            Sent = sent,
            Samples = samples,
            Manifest = job.ManifestDigest,
            Job = job.Id,
            State = job.State.ToString().ToLowerInvariant(),
            Steps = job.Step,
            TrainedSeconds = Math.Round(job.SecondsTrained, 1),
            Models = models,
            After = after,
            RolledBack = back,
            Seconds = Math.Round(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 1),
        };
    }

    private async Task<IReadOnlyList<DemoStudy>> OneMoreAsync(string what, CancellationToken cancel)
    {
        progress.Report(what);
        var studies = await archive.SendAsync(2, cancel);
        foreach (var study in studies)
            progress.Report(
                study.Model is { } model ? $"{study.Direction}: made by {model}" : $"{study.State} {string.Join(" ", study.Reasons)}");
        return studies;
    }
}
