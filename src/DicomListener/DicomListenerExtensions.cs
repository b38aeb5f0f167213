using System.Globalization;
using System.Net;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>Composition of the front door, an SCP of storage (PS3.4 Annex B).</summary>
public static class DicomListenerExtensions
{
    /// <summary>For what came before the port closed to be committed (PS3.4 Annex B).</summary>
    private static readonly TimeSpan ToCommit = TimeSpan.FromSeconds(5);

    /// <summary>SQLite waits for its lock in the thread that asks: so many may, and the process still answers.</summary>
    private const int Threads = 64;

    /// <summary>Registers the DICOM port, storage (PS3.4 Annex B), storage commitment (PS3.4 Annex J) and study completion. Wants
    /// <c>AddGatewayDefaults</c> and <c>AddPersistence</c> as well.</summary>
    public static WebApplicationBuilder AddDicomListener(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, Threads), ports);
        services.AddOptions<DicomListenerOptions>().BindConfiguration(DicomListenerOptions.Section).PostConfigure(AllowThisMachine)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DicomServerOptions>().BindConfiguration(DicomServerOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DicomTlsOptions>().BindConfiguration(DicomTlsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostOptions>().PostConfigure<IConfiguration>((host, settings) =>
            host.ShutdownTimeout = TimeSpan.FromTicks(Math.Max(host.ShutdownTimeout.Ticks, (StopTimeout(settings) + ToCommit).Ticks)));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Outages>();

        services.TryAddSingleton<OrphanSweep>();
        services.AddSingleton<ListenerMetrics>();
        services.AddSingleton<DatabasePatience>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<ObjectIntake>();
        services.AddSingleton<CommitmentLedger>();
        services.AddSingleton<CommitmentEvidence>();
        services.AddSingleton<CommitmentLook>();
        services.AddSingleton<IDicomService, FrontDoor>();
        services.TryAddSingleton<AllowedHosts>();
        services.AddSingleton<StowRequests>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<DicomServerOptions>>().Value);
        services.AddSingleton<DicomConnectionHandler>();
        services.AddSingleton(Server);

        // Services stop in reverse order: the port stops first, and after it the services that its associations need.
        services.AddHostedService<SpoolSweep>();
        services.AddHostedService<ObjectSweep>();
        services.AddHostedService<HistorySweep>();
        services.AddSingleton<AssociationLedger>().AddHostedService(provider => provider.GetRequiredService<AssociationLedger>());
        services.AddSingleton<InstanceCommit>().AddHostedService(provider => provider.GetRequiredService<InstanceCommit>());
        services.AddSingleton<StudyCompletion>().AddHostedService(provider => provider.GetRequiredService<StudyCompletion>());
        services.AddHostedService<CommitmentReporter>();
        services.AddHostedService(provider => provider.GetRequiredService<DicomServer>());
        return builder;
    }

    /// <summary>Takes objects by HTTP as well (STOW-RS, PS3.18 §10.5), on the web server of the process.</summary>
    public static WebApplication MapDicomListener(this WebApplication app)
    {
        app.MapStow();
        return app;
    }

    private static DicomServer Server(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DicomListenerOptions>>().Value;
        return new(
            new IPEndPoint(IPAddress.Parse(options.Address), options.Port),
            provider.GetRequiredService<DicomConnectionHandler>(),
            provider.GetRequiredService<ILoggerFactory>(),
            Tls(provider));
    }

    private static DicomTls? Tls(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DicomTlsOptions>>().Value;
        return options.Port is null
            ? null
            : new(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DicomTls>>());
    }

    private static void AllowThisMachine(DicomListenerOptions options)
    {
        if (options.Callers.Count == 0)
            options.Callers.Add(new() { AeTitle = "SCANNER", Cidr = "127.0.0.0/8" });
    }

    /// <summary>Not read as an option: the host is built with it, before wrong options can be told of one by one.</summary>
    private static TimeSpan StopTimeout(IConfiguration settings) =>
        TimeSpan.TryParse(
            settings[$"{DicomServerOptions.Section}:{nameof(DicomServerOptions.StopTimeout)}"], CultureInfo.InvariantCulture, out var set)
            ? set : new DicomServerOptions().StopTimeout;
}
