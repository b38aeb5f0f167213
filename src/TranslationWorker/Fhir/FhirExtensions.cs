using Gateway.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Composition of the FHIR side of the translator.</summary>
public static class FhirExtensions
{
    /// <summary>Registers <see cref="FhirPublisher"/> with its options; an unknown time zone stops the host.</summary>
    public static TBuilder AddFhir<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<FhirOptions>().BindConfiguration(FhirOptions.Section)
            .Validate(
                fhir => fhir.DicomWeb is null or { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "Fhir:DicomWeb is no http or https URL.")
            .ValidateOnStart();
        builder.Services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).ValidateDataAnnotations()
            .Validate(
                site => site.TimeZone is null || TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out _),
                "Gateway:TimeZone is no known zone.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<FhirPublisher>();
        return builder.AddFhirServer();
    }

    private static TBuilder AddFhirServer<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        services.AddOptions<FhirServerOptions>().BindConfiguration(FhirServerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<FhirServerOptions>>(new FhirServerCheck());
        // No client of a factory: it would log addresses, and a search for a patient has the identifier in it.
        services.AddKeyedSingleton(
            FhirServerOptions.Section, (provider, _) => provider.GetRequiredService<IOptions<FhirServerOptions>>().Value.Client());
        services.TryAddSingleton<FhirServerTokens>();
        services.TryAddSingleton<FhirServerClient>();
        services.TryAddSingleton<FhirServerWriter>();
        services.TryAddSingleton<ServerStudyReader>();
        services.TryAddSingleton<StudyPublication>();
        services.AddMetrics();
        services.AddSingleton<FhirServerWatch>().AddHostedService(provider => provider.GetRequiredService<FhirServerWatch>());
        services.AddHealthChecks().AddCheck<FhirServerWatch>("fhir-server", tags: [HealthTags.Ready]);
        return builder;
    }
}
