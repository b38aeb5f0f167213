using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Testing;

/// <summary>A transport at its worst, on top of the real one: every message is delivered twice, and every second one goes to the back of
/// its queue before it is worked on, so that what was sent later comes first.</summary>
public sealed class DeliveredTwice
{
    private readonly ConcurrentDictionary<(Guid, Uri), bool> _seen = [];
    private int _messages;

    /// <summary>For all endpoints of a bus.</summary>
    public static void Use(IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton<DeliveredTwice>();
        bus.AddConfigureEndpointsCallback((context, _, endpoint) => endpoint.UseConsumeFilter(typeof(Filter<>), context));
    }

    private async Task<bool> PassAsync<T>(ConsumeContext<T> context)
        where T : class
    {
        if (context.MessageId is not { } id || !_seen.TryAdd((id, context.ReceiveContext.InputAddress), true))
            return true;
        var isLater = Interlocked.Increment(ref _messages) % 2 == 0;
        var queue = await context.GetSendEndpoint(context.ReceiveContext.InputAddress);
        for (var copies = isLater ? 2 : 1; copies > 0; copies--)
            await queue.Send(context.Message, copy => copy.MessageId = id);
        return !isLater;
    }

    /// <summary>Made by the bus.</summary>
    public sealed class Filter<T>(DeliveredTwice twice) : IFilter<ConsumeContext<T>>
        where T : class
    {
        public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
        {
            if (await twice.PassAsync(context))
                await next.Send(context);
            else
                await context.NotifyConsumed(TimeSpan.Zero, nameof(DeliveredTwice));    // it would be moved aside as not understood
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("delivered-twice");
    }
}
