using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>One try at long work: the lease is renewed while it runs, it ends at its limit, and whatever becomes of it but death gives the
/// lease back.</summary>
internal sealed partial class WorkTurn(WorkLeases leases, WorkClaim claim, WorkOptions options, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    // Nobody waits longer for a database that hangs: the lease runs out by itself.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    private bool _isSaved;

    public WorkClaim Claim => claim;

    /// <summary>The result is saved, and the lease with it.</summary>
    public void Saved() => _isSaved = true;

    /// <returns>False: another one has the work, and nothing is to be saved.</returns>
    /// <exception cref="PermanentFailureException">It was not done in time, or it killed its process too often.</exception>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task<bool> RunAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        if (claim.Starts > options.MostStarts)
            throw new PermanentFailureException(
                ReasonCode.KilledItsWorker, $"It was begun {claim.Starts - 1} times, and its process died each time.");
        using var limit = new CancellationTokenSource(options.Limit, time);
        using var lost = new CancellationTokenSource();
        using var stop = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token, lost.Token);
        var heart = BeatAsync(lost, stop.Token);
        try
        {
            await work(either.Token);
            return true;
        }
        catch (Exception e) when (lost.IsCancellationRequested)
        {
            LogLost(claim.Work, e.GetType().Name);
            return false;
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new PermanentFailureException(ReasonCode.TookTooLong, $"It was not done within {options.Limit}.");
        }
        finally
        {
            await stop.CancelAsync();
            await heart;
        }
    }

    public async ValueTask DisposeAsync()
    {
        leases.Forget(claim);
        if (_isSaved)
            return;
        using var limit = new CancellationTokenSource(LongestGoodbye, time);
        try
        {
            await leases.GiveBackAsync(claim, limit.Token);
        }
        catch (Exception e)
        {
            LogNotGivenBack(e, claim.Work);
        }
    }

    private async Task BeatAsync(CancellationTokenSource lost, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (!await RenewedAsync(stop))
                {
                    await lost.CancelAsync();
                    return;
                }
        }
        catch (OperationCanceledException)
        {
            // the work is over
        }
    }

    /// <summary>While the database is away nobody can take the work over either.</summary>
    private async Task<bool> RenewedAsync(CancellationToken stop)
    {
        try
        {
            return await leases.RenewAsync(claim, options.Lease, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogNotRenewed(e, claim.Work);
            return true;
        }
    }

    [LoggerMessage(
        EventId = 4112, Level = LogLevel.Warning,
        Message = "Another worker has the work {Work} now; what was under way here is dropped ({Error})")]
    private partial void LogLost(Guid work, string error);

    [LoggerMessage(EventId = 4113, Level = LogLevel.Debug, Message = "The lease of the work {Work} could not be renewed")]
    private partial void LogNotRenewed(Exception exception, Guid work);

    [LoggerMessage(EventId = 4114, Level = LogLevel.Debug, Message = "The lease of the work {Work} could not be given back; it runs out")]
    private partial void LogNotGivenBack(Exception exception, Guid work);
}
