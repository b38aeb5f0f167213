using Gateway.Persistence;

namespace Gateway.Hosting;

/// <summary>
/// What a service does with one message. Whatever it adds or changes in <c>db</c>, outbox rows included, is committed after it returned,
/// in one transaction with the inbox row: it never saves itself. Slow work before that is fine; it may run twice, its commit may not.
/// A handler that runs statements of its own begins the transaction before them and leaves it open.
/// </summary>
/// <typeparam name="T">A contract of <c>Gateway.Contracts</c>.</typeparam>
public interface IHandler<in T>
    where T : class
{
    /// <exception cref="PermanentFailureException">Trying again would give the same: parked at once.</exception>
    Task HandleAsync(T message, GatewayDbContext db, CancellationToken cancel);
}
