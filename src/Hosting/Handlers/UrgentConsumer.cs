using MassTransit;

namespace Gateway.Hosting;

/// <summary>The same work as <see cref="InboxConsumer{T,THandler}"/>, from the queue of what is urgent; what comes of it is urgent
/// too.</summary>
public sealed class UrgentConsumer<T, THandler>(InboxConsumer<T, THandler> consumer) : IConsumer<T>
    where T : class
    where THandler : class, IHandler<T>
{
    public Task Consume(ConsumeContext<T> context) => consumer.ConsumeAsync(context, urgent: true);
}
