using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>Renews a lease until it is told to stop, and says when the work under it must end.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private const string Work = "the lease of a training job";

    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _done = new();
    private readonly Task _keeping;

    public LeaseKeeper(TrainingLease lease, TimeSpan length, TrainingLeases leases, Outages outages, TimeProvider time) =>
        _keeping = KeepAsync(lease, length, leases, outages, time);

    /// <summary>The lease is lost, or a person wants something else of the job.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Somebody else has the job.</summary>
    public bool IsLost { get; private set; }

    /// <summary>What a person wants of it; null for nothing.</summary>
    public TrainingJobState? Wanted { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _keeping;
        _done.Dispose();
        _over.Dispose();
    }

    private async Task KeepAsync(TrainingLease lease, TimeSpan length, TrainingLeases leases, Outages outages, TimeProvider time)
    {
        using var timer = new PeriodicTimer(length / 3, time);
        while (!IsLost)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(_done.Token))
                    return;
                Wanted = await leases.RenewAsync(lease, length, _done.Token);
                outages.Resumed(Work);
                if (Wanted is not null)
                    await _over.CancelAsync();
            }
            catch (OperationCanceledException) when (_done.IsCancellationRequested)
            {
                return;
            }
            catch (LeaseLostException)
            {
                IsLost = true;
                await _over.CancelAsync();
            }
            catch (Exception error) when (outages.Holds(error, Work))
            {
                // While nobody reaches the database, nobody takes the job. Its writes are refused if somebody did.
            }
        }
    }
}
