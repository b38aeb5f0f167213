using System.Threading.Channels;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Commits received instances. All that wait at the same time go into one transaction, so that one flush to disk serves many
/// associations.</summary>
internal sealed class InstanceCommit(IDbContextFactory<GatewayDbContext> databases, IObjectStore objects) : BackgroundService
{
    private const int MaxBatch = 64;

    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly InstanceWriter _writer = new(databases, objects);

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
            await _writer.DisposeAsync();
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
            await _writer.WriteAsync([.. batch.Select(waiting => waiting.Instance)]);
            foreach (var waiting in batch)
                waiting.Done.SetResult();
        }
        catch (Exception error) when (batch.Count == 1)
        {
            batch[0].Done.SetException(error);
        }
        catch (Exception)
        {
            foreach (var waiting in batch)    // each in its own transaction: one bad row must not stop the others
                await CommitAsync([waiting]);
        }
    }

    private sealed record Waiting(ReceivedInstance Instance, TaskCompletionSource Done);
}
