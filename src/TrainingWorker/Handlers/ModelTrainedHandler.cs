using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TrainingWorker.Handlers;

/// <summary>ModelTrained → where the site says so, candidates are activated.</summary>
public sealed class ModelTrainedHandler(ModelActivation activation, IOptions<TrainerOptions> options) : IHandler<ModelTrained>
{
    private const string By = "training worker";
    private const string Why = "passed the gates; Training:Activation is Automatic";

    public async Task HandleAsync(ModelTrained message, GatewayDbContext db, CancellationToken cancel)
    {
        if (options.Value.Activation != ActivationPolicy.Automatic)
            return;
        var candidates = await db.Models.AsNoTracking().Where(m => m.JobId == message.JobId && m.State == ModelState.Candidate)
            .OrderBy(m => m.Direction).Select(m => m.Digest).ToListAsync(cancel);
        foreach (var digest in candidates)
            await activation.ActivateAsync(digest, By, Why, cancel: cancel);
    }
}
