using Gateway.Persistence;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Composition of the bus: one per process, whatever roles it plays.</summary>
public static class BusExtensions
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Registers the bus of the <c>Bus</c> section, the outbox's dispatcher and the handlers named in
    /// <paramref name="handlers"/>.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="handlers">Calls <see cref="HandlerExtensions.AddHandler"/> for each handler of each role.</param>
    /// <param name="readyWithoutBroker">True where work goes on while the broker is away (the listener): readiness says degraded, not
    /// unhealthy.</param>
    public static TBuilder AddGatewayBus<TBuilder>(
        this TBuilder builder, Action<IBusRegistrationConfigurator> handlers, bool readyWithoutBroker = false)
        where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        QuietLogs.Add(builder.Services);
        services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WorkOptions>().BindConfiguration(WorkOptions.Section).ValidateDataAnnotations()
            .Validate(work => work.Lease >= 2 * work.Heartbeat, "Work:Lease is less than two of Work:Heartbeat.").ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton<Outages>();
        services.AddSingleton<WorkTurns>();
        services.AddSingleton<Deferral>();
        services.AddSingleton<ParkFailures>();
        services.AddSingleton<WorkDeadline>();
        services.AddSingleton<DataFolderLock>();
        var transport = builder.Configuration.GetSection(BusOptions.Section).GetValue(nameof(BusOptions.Transport), BusTransport.InMemory);
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            handlers(bus);
            bus.AddConfigureEndpointsCallback(ConfigureEndpoint);
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.MinimalFailureStatus = readyWithoutBroker ? HealthStatus.Degraded : HealthStatus.Unhealthy;
                health.Tags.Add(HealthTags.Ready);
            });
            if (transport == BusTransport.RabbitMq)
                bus.UsingRabbitMq(ConfigureRabbitMq);
            else
                bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
        });

        // The in-memory transport loses a message that is published before its consumers are connected, so start waits for them.
        // With a broker, start waits for nothing: the broker may be away.
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = transport == BusTransport.InMemory;
        });
        AddStop(services);
        services.AddHostedService<OutboxDispatcher>();
        return builder;
    }

    /// <summary>Beyond the time that work may take: for what it gives back, and for everything else to stop.</summary>
    private static void AddStop(IServiceCollection services)
    {
        services.AddOptions<MassTransitHostOptions>()
            .Configure<IOptions<BusOptions>>((host, bus) => host.StopTimeout = bus.Value.StopTimeout + (LastWords / 2));
        services.AddOptions<HostOptions>().Configure<IOptions<BusOptions>>(
            (host, bus) => host.ShutdownTimeout = bus.Value.StopTimeout + LastWords);
    }

    private static void ConfigureEndpoint(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint)
    {
        var delay = context.GetRequiredService<IOptions<BusOptions>>().Value.RetryDelay;
        var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(delay, 5 * delay, 25 * delay);
            retry.Ignore<Exception>(e => WorldFaults.ClassOf(e) == FaultClass.Ours);    // it would fail in the same way every time
            retry.Ignore<OperationCanceledException>(_ => stopping.IsCancellationRequested);
            retry.Ignore<ConsumerCanceledException>(_ => stopping.IsCancellationRequested);    // what the bus makes of the former
        });
        // No error queue: the failure row has the message, and a copy that is moved back from there would be dropped as handled.
        endpoint.ConfigureError(pipe => pipe.UseFilter(context.GetRequiredService<ParkFailures>()));
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SetQuorumQueue();
    }

    private static void ConfigureRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator rabbit)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        rabbit.Host(options.Host, host =>
        {
            host.Username(options.Username);
            host.Password(options.Password);
            host.Heartbeat(options.Heartbeat);
        });
        rabbit.ConfigureEndpoints(context);
    }
}
