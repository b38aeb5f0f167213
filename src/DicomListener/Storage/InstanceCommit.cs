using System.Data.Common;
using System.Threading.Channels;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Commits received instances, those that wait at the same time in one transaction: one flush to disk serves many
/// associations.</summary>
internal sealed class InstanceCommit(IDbContextFactory<GatewayDbContext> databases) : BackgroundService
{
    private const int MaxBatch = 64;
    private const int Attempts = 8;

    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private KnownSeries? _known;

    /// <summary>Returns once the instance's row is durable.</summary>
    internal Task CommitAsync(ReceivedInstance instance)
    {
        var waiting = new Waiting(instance, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_queue.Writer.TryWrite(waiting))
            throw new InvalidOperationException("The listener has stopped.");
        return waiting.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
                await CommitAsync(Drain());
        }
        finally
        {
            _queue.Writer.TryComplete();
            await CommitAsync(Drain());
            await ForgetAsync();
        }
    }

    private List<Waiting> Drain()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var next))
            batch.Add(next);
        return batch;
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        try
        {
            await WriteAsync([.. batch.Select(waiting => waiting.Instance)]);
            foreach (var waiting in batch)
                waiting.Done.SetResult();
        }
        catch (Exception error) when (batch.Count == 1)
        {
            batch[0].Done.SetException(error);
        }
        catch (Exception)
        {
            foreach (var waiting in batch)    // one bad row must not cost the others theirs
                await CommitAsync([waiting]);
        }
    }

    /// <summary>Another replica may insert the same study, series or instance first, or lock them the other way round: then all is read
    /// again.</summary>
    private async Task WriteAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!await TryWriteKnownAsync(instances))
                    await WriteNewAsync(instances);
                return;
            }
            catch (DbUpdateException error) when (error.IsUniqueViolation() && attempt < Attempts)
            {
            }
            catch (Exception error) when (error.GetBaseException() is DbException { IsTransient: true } && attempt < Attempts)
            {
            }
        }
    }

    private async Task<bool> TryWriteKnownAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        try
        {
            _known ??= await KnownSeries.OpenAsync(databases);
            return await _known.TryWriteAsync(instances);
        }
        catch (DbException)
        {
            await ForgetAsync();    // whatever it was, reading everything finds out
            return false;
        }
    }

    private async Task WriteNewAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        await using var db = await databases.CreateDbContextAsync();
        var kept = await InstanceBatch.WriteAsync(db, instances);
        foreach (var (instance, stored) in instances.Zip(kept).Where(pair => pair.Second.Series.Origin == SeriesOrigin.Received))
            _known?.Learn(instance, stored.StudyId, stored.Series.Id);
    }

    private async Task ForgetAsync()
    {
        if (_known is not null)
            await _known.DisposeAsync();
        _known = null;
    }

    private sealed record Waiting(ReceivedInstance Instance, TaskCompletionSource Done);
}
