using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Until when work may go on, once the host stops.</summary>
public sealed class WorkDeadline : IDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly CancellationToken _stopping;
    private readonly bool _embedded;
    private readonly CancellationTokenRegistration _registration;

    public WorkDeadline(IHostApplicationLifetime lifetime, IOptions<BusOptions> options, TimeProvider time)
    {
        _stopping = lifetime.ApplicationStopping;
        _embedded = options.Value.Transport == BusTransport.InMemory;
        _over = new(Timeout.InfiniteTimeSpan, time);
        _registration = _stopping.Register(() => _over.CancelAfter(options.Value.StopTimeout));
    }

    /// <summary>Fires <see cref="BusOptions.StopTimeout"/> after the host began to stop.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>The in-memory bus hands out all it holds while it stops: none of that is begun any more, and all of it is published again
    /// after the start. A broker hands out nothing.</summary>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public void ThrowIfTooLateToBegin()
    {
        if (_embedded)
            _stopping.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _registration.Dispose();
        _over.Dispose();
    }
}
