using System.Threading.Channels;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Commits received instances. All that wait at the same time go into one transaction, so that one flush to disk serves many
/// associations.</summary>
internal sealed class InstanceCommit(
    IDbContextFactory<GatewayDbContext> databases, IObjectStore objects, DatabasePatience patience, TimeProvider time) : BackgroundService
{
    private const int MaxBatch = 64;

    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly InstanceWriter _writer = new(databases, objects);
    private long _busySince;

    /// <summary>Returns once the instance's row is durable.</summary>
    /// <exception cref="DatabaseHangsException">The database does not answer; while that is known, nobody waits for it. The row may come
    /// to be all the same.</exception>
    internal async Task CommitAsync(ReceivedInstance instance)
    {
        if (Volatile.Read(ref _busySince) is var since and not 0 && time.GetElapsedTime(since) > patience.Limit)
            throw new DatabaseHangsException();
        var waiting = new Waiting(instance, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_queue.Writer.TryWrite(waiting))
            throw new InvalidOperationException("The listener has stopped.");
        using var limit = new CancellationTokenSource(patience.Limit, time);
        await using var over = limit.Token.Register(() => waiting.Done.TrySetException(new DatabaseHangsException()));
        await waiting.Done.Task;
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
            await _writer.DisposeAsync();
        }
    }

    private List<Waiting> Drain()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var next))
            if (!next.IsGivenUp)
                batch.Add(next);
        return batch;
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        if (batch.Count == 0)
            return;
        Volatile.Write(ref _busySince, Math.Max(1, time.GetTimestamp()));
        try
        {
            await _writer.WriteAsync([.. batch.Select(waiting => waiting.Instance)]);
            foreach (var waiting in batch)
                waiting.Done.TrySetResult();
        }
        catch (Exception error) when (batch.Count == 1)
        {
            batch[0].Done.TrySetException(error);
        }
        catch (Exception)
        {
            foreach (var waiting in batch.Where(waiting => !waiting.IsGivenUp))
                await CommitAsync([waiting]);    // each in its own transaction: one bad row must not stop the others
        }
        finally
        {
            Volatile.Write(ref _busySince, 0);
        }
    }

    private sealed record Waiting(ReceivedInstance Instance, TaskCompletionSource Done)
    {
        /// <summary>Its sender was told to send it again.</summary>
        public bool IsGivenUp => Done.Task.IsCompleted;
    }
}
