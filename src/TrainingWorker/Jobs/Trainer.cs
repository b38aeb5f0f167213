namespace Gateway.TrainingWorker.Jobs;

/// <summary>Works on one job after the other, off the bus.</summary>
internal sealed class Trainer(TrainerSlot slot, TrainingWork work) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var lease = await slot.NextAsync(stoppingToken);
            try
            {
                await work.DoAsync(lease, stoppingToken);
            }
            finally
            {
                slot.Free();
            }
        }
    }
}
