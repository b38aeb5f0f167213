using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TrainingWorker.Jobs;

namespace Gateway.TrainingWorker.Handlers;

/// <summary>TrainModel → the job is claimed if this process is free; the work itself is the <see cref="Trainer"/>'s. If it is not free, the
/// job stays queued, and whoever becomes free finds it.</summary>
public sealed class TrainModelHandler(TrainerSlot slot) : IHandler<TrainModel>
{
    public Task HandleAsync(TrainModel message, GatewayDbContext db, CancellationToken cancel) => slot.TryClaimAsync(message.JobId, cancel);
}
