namespace Gateway.Persistence;

/// <summary>Wakes this process's dispatcher when an outbox row was committed here; rows of other processes wait for its poll.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _committed = new(0, 1);

    /// <summary>A row was committed. Many sets before one wait are one.</summary>
    public void Set()
    {
        try
        {
            _committed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already set: the dispatcher will look anyway.
        }
    }

    /// <summary>Returns when set, or after <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _committed.WaitAsync(atMost, cancel);

    public void Dispose() => _committed.Dispose();
}
