using Gateway.Persistence;
using Gateway.TranslationWorker;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary>Makes what the gates let through the champion, and rolls back.</summary>
internal sealed class LoopActivation(IDbContextFactory<GatewayDbContext> databases, ModelActivation activation, IProgress<string> progress)
{
    private const string By = "demo";

    /// <returns>Every model that the job made.</returns>
    public async Task<IReadOnlyList<LoopModel>> ActivateAsync(Guid job, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var models = await db.Models.AsNoTracking().Where(m => m.JobId == job).OrderBy(m => m.Direction).ToListAsync(cancel);
        var told = new List<LoopModel>();
        foreach (var model in models)
            told.Add(await ActivateAsync(model, cancel));
        return told;
    }

    /// <summary>Gives the directions back to the champions before.</summary>
    public async Task RollBackAsync(IEnumerable<LoopModel> models, CancellationToken cancel)
    {
        foreach (var model in models.Where(m => m.Activated))
        {
            var result = await activation.RollBackAsync(model.Direction, By, "the demo is over", model.Digest, cancel);
            progress.Report($"{model.Direction}: rolled back ({result.ToString().ToLowerInvariant()})");
        }
    }

    private async Task<LoopModel> ActivateAsync(Model model, CancellationToken cancel)
    {
        var name = $"{ModelFacts.TitleOf(model.Name, model.Direction)} {model.Version}";
        if (model.State == ModelState.Rejected)
        {
            foreach (var reason in model.Reasons)
                progress.Report($"{model.Direction}: the gates reject {name}: {reason.Text}");
            return new(model.Direction, model.Digest, name, "rejected", [.. model.Reasons.Select(r => r.Code)], Activated: false);
        }
        var result = await activation.ActivateAsync(model.Digest, By, "the gates let it through", null, cancel);
        progress.Report($"{model.Direction}: the gates let {name} through; activated ({result.ToString().ToLowerInvariant()})");
        return new(model.Direction, model.Digest, name, "candidate", [], result == ModelActResult.Done);
    }
}
