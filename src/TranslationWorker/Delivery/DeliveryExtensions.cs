using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.TranslationWorker;

/// <summary>Composition of delivery. A new protocol is one more line of <see cref="AddDelivery"/>.</summary>
public static class DeliveryExtensions
{
    private const string Destinations = $"{DeliveryOptions.Section}:{nameof(DeliveryOptions.Destinations)}";

    public static void AddDelivery(this IHostApplicationBuilder builder)
    {
        builder.AddDeliverer<CStoreDeliverer, CStoreDestination>(CStoreDeliverer.Name);
        builder.AddDeliverer<StowDeliverer, StowDestination>(StowDeliverer.Name);

        var services = builder.Services;
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateDataAnnotations()
            .Validate(HaveNamesOfTheirOwn, "Each of Delivery:Destinations has a name of its own.")
            .Validate<IEnumerable<IDeliverer>>(HaveDeliverers, "Each of Delivery:Destinations has a protocol that is spoken here.")
            .Validate(
                options => options.Destinations.Sum(destination => destination.Concurrency) < DestinationSlots.Handlers,
                $"Concurrency of all Delivery:Destinations together is less than {DestinationSlots.Handlers}.")
            .Validate<IServiceProvider>(
                (options, provider) => options.AreOf(provider.GetService<ModalityTable>()),
                "Direction and Modality of a rule in Takes are such as the gateway makes.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Deliverers>();
        services.AddSingleton<SeriesDelivery>();
        services.AddSingleton<SeriesCommitment>();
        services.AddSingleton<Rejections>();
        services.AddMetrics();
        services.TryAddSingleton<Outages>();
        services.AddSingleton<DestinationPause>();
        services.AddSingleton<DestinationSlots>();
        services.AddSingleton<DeliveryTurns>();
        services.AddSingleton<SourceWatch>();
        services.AddSingleton<DeliveryWatch>().AddHostedService(provider => provider.GetRequiredService<DeliveryWatch>());
        services.AddHealthChecks().AddCheck<DeliveryWatch>("destinations", tags: [HealthTags.Ready]);
    }

    /// <summary>Registers a protocol. The protocol's own settings of each of its destinations are bound and validated as options under the
    /// name of the destination.</summary>
    public static void AddDeliverer<TDeliverer, TDestination>(this IHostApplicationBuilder builder, string protocol)
        where TDeliverer : class, IDeliverer
        where TDestination : class
    {
        builder.Services.AddSingleton<IDeliverer, TDeliverer>();
        foreach (var section in builder.Configuration.GetSection(Destinations).GetChildren())
            if (section.Get<Destination>() is { } destination && destination.Protocol.Equals(protocol, StringComparison.OrdinalIgnoreCase))
                builder.Services.AddOptions<TDestination>(destination.Name).Bind(section).ValidateDataAnnotations().ValidateOnStart();
    }

    private static bool HaveNamesOfTheirOwn(DeliveryOptions options) =>
        options.Destinations.DistinctBy(destination => destination.Name).Count() == options.Destinations.Count;

    private static bool HaveDeliverers(DeliveryOptions options, IEnumerable<IDeliverer> deliverers) =>
        options.Destinations.TrueForAll(destination => deliverers.Any(deliverer => Deliverers.Speaks(deliverer, destination)));
}
