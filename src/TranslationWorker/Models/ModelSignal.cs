namespace Gateway.TranslationWorker;

/// <summary>Has this process look at the registry at once instead of at its next round.</summary>
public sealed class ModelSignal : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>A champion changed. Many sets before one wait are one.</summary>
    public void Set()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already set.
        }
    }

    /// <summary>Returns when set.</summary>
    public Task WaitAsync(CancellationToken cancel) => _changed.WaitAsync(cancel);

    public void Dispose() => _changed.Dispose();
}
