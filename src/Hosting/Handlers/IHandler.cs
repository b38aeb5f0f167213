using Gateway.Persistence;

namespace Gateway.Hosting;

/// <summary>
/// What a service does with one message. A handler never saves. After it returned, everything that it added or changed in <c>db</c> (outbox
/// rows too) is committed in one transaction with the inbox row. A handler may be slow, and it may run twice; it is committed once.
/// A handler that runs SQL statements itself begins the transaction before them and leaves it open.
/// </summary>
/// <typeparam name="T">A contract of <c>Gateway.Contracts</c>.</typeparam>
public interface IHandler<in T>
    where T : class
{
    /// <exception cref="PermanentFailureException">Trying again would fail in the same way: the message is parked at once.</exception>
    Task HandleAsync(T message, GatewayDbContext db, CancellationToken cancel);
}
