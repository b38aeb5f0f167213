using Gateway.Persistence;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Hosting;

/// <summary>How a service registers its handlers.</summary>
public static class HandlerExtensions
{
    private const string Suffix = "Handler";

    /// <summary>Handles a contract on the queue named after the handler: <c>TranslateSeriesHandler</c> listens on
    /// <c>translate-series</c>, and on its <see cref="UrgentQueue"/> where there is one.</summary>
    /// <param name="bus">The argument of <c>AddGatewayBus</c>.</param>
    /// <param name="concurrency">How many messages this process handles at once, and fetches ahead.</param>
    public static void AddHandler<TMessage, THandler>(this IBusRegistrationConfigurator bus, int concurrency = 1)
        where TMessage : class
        where THandler : class, IHandler<TMessage>
    {
        var endpoint = EndpointOf(typeof(THandler).Name);
        bus.TryAddScoped<THandler>();
        bus.AddSingleton(new HandlerRegistration(ContractTypes.NameOf(typeof(TMessage)), endpoint));
        bus.AddSingleton(new WorkSlots<THandler>(concurrency));
        bus.AddConsumer<InboxConsumer<TMessage, THandler>>().Endpoint(settings => Name(settings, endpoint));
        if (UrgentQueue.Of(typeof(TMessage)) is { } urgent)
        {
            bus.AddConsumer<UrgentConsumer<TMessage, THandler>>().Endpoint(settings =>
            {
                Name(settings, urgent);
                settings.ConfigureConsumeTopology = false;    // it gets what is sent to it, not all that is published
            });
        }

        void Name(IEndpointRegistrationConfigurator settings, string queue)
        {
            settings.Name = queue;
            settings.ConcurrentMessageLimit = concurrency;
            settings.PrefetchCount = concurrency;
        }
    }

    /// <summary>The queue a handler listens on, from its type name.</summary>
    public static string EndpointOf(string handler) =>
        Kebab.Of(handler.EndsWith(Suffix, StringComparison.Ordinal) ? handler[..^Suffix.Length] : handler);
}
