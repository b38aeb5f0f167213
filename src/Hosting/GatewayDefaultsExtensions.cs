using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Prometheus;

namespace Gateway.Hosting;

/// <summary>What every service shares: address, logs, metrics, traces, probes.</summary>
public static class GatewayDefaultsExtensions
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    // ISO 8601, UTC.
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Call once per process, with <c>AddPersistence</c>.</summary>
    public static WebApplicationBuilder AddGatewayDefaults(this WebApplicationBuilder builder)
    {
        AddAddress(builder);
        AddLogs(builder);
        AddTraces(builder);
        builder.Services.AddSingleton(provider => new SettingsCheck(builder.Services, provider, builder.Configuration));
        builder.Services.AddMetrics().AddSingleton<PrometheusMeters>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<DiskOptions>().BindConfiguration(DiskOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<DiskSpace>();
        builder.Services.TryAddSingleton<Outages>();
        builder.Services.TryAddSingleton<OutageMetrics>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [HealthTags.Ready, HealthTags.Startup])
            .AddCheck<DiskSpace>("disk", tags: [HealthTags.Ready])
            .AddCheck<OutageHealth>("away", tags: [HealthTags.Ready]);
        return builder;
    }

    /// <summary><c>/health/live</c> (this process only), <c>/health/ready</c>, <c>/health/startup</c> and <c>/metrics</c>.</summary>
    public static WebApplication MapGatewayDefaults(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", Probe(_ => false));
        app.MapHealthChecks("/health/ready", Probe(check => check.Tags.Contains(HealthTags.Ready)));
        app.MapHealthChecks("/health/startup", Probe(check => check.Tags.Contains(HealthTags.Startup)));
        app.Services.GetRequiredService<OutageMetrics>();    // nobody else asks for it
        app.MapMetrics("/metrics", app.Services.GetRequiredService<PrometheusMeters>().Registry);
        return app;
    }

    private static HealthCheckOptions Probe(Func<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckRegistration, bool> which) =>
        new() { Predicate = which, ResponseWriter = HealthReport.WriteAsync };

    private static void AddAddress(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if ((configuration["urls"] ?? configuration["http_ports"] ?? configuration["https_ports"]) is null
            && !configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            configuration["urls"] = DefaultUrl;
        builder.Services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LoopbackGuard>());
    }

    // One line an entry on stderr, since stdout is for the answer of a command. A terminal gets text, everything else JSON.
    private static void AddLogs(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        QuietLogs.Add(builder.Services);
        StartFaults.Add(builder.Services);
        builder.Logging.AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp) = (InstantFormat, true));
        builder.Logging.AddSimpleConsole(simple =>
            (simple.TimestampFormat, simple.UseUtcTimestamp, simple.SingleLine) = (InstantFormat + " ", true, true));
        builder.Logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = builder.Configuration["Logging:Console:FormatterName"]
                ?? (Console.IsErrorRedirected ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple);
        });
    }

    private static void AddTraces(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithTracing(traces => traces.AddSource("MassTransit", "Microsoft.AspNetCore", "Npgsql", "Gateway.*").AddOtlpExporter());
    }
}
