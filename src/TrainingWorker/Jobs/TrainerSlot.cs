using System.Threading.Channels;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>The one place for a job in this process: taken by a message or by looking, whichever comes first.</summary>
public sealed class TrainerSlot(
    TrainingLeases leases, IOptions<TrainerOptions> options, Outages outages, TimeProvider time,
    IHostApplicationLifetime lifetime) : IDisposable
{
    private const string Work = "the search for training jobs";

    private readonly SemaphoreSlim _free = new(1, 1);
    private readonly Channel<TrainingLease> _claimed = Channel.CreateBounded<TrainingLease>(1);

    /// <summary>What people see as the job's trainer.</summary>
    public string Holder { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Claims a job if the place is free.</summary>
    /// <param name="job">This one; null for the oldest that waits.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public async Task TryClaimAsync(Guid? job, CancellationToken cancel)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested || !await _free.WaitAsync(0, cancel))
            return;
        TrainingLease? claimed = null;
        try
        {
            claimed = await leases.ClaimAsync(Holder, options.Value.Lease, job, cancel);
        }
        finally
        {
            if (claimed is null)
                _free.Release();
            else
                _claimed.Writer.TryWrite(claimed);
        }
    }

    /// <summary>Waits for a job, and looks for one every <c>Training:Poll</c>.</summary>
    public async Task<TrainingLease> NextAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.Value.Poll, time);
        var come = _claimed.Reader.WaitToReadAsync(cancel).AsTask();
        while (true)
        {
            try
            {
                await TryClaimAsync(null, cancel);
                outages.Resumed(Work);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested && outages.Holds(error, Work))
            {
                // Asked again below.
            }
            await await Task.WhenAny(timer.WaitForNextTickAsync(cancel).AsTask(), come);
            if (_claimed.Reader.TryRead(out var lease))
                return lease;
        }
    }

    /// <summary>The job is over, or somebody else's.</summary>
    public void Free() => _free.Release();

    public void Dispose() => _free.Dispose();
}
