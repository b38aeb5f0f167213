using Gateway.DicomListener;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Portal;
using Gateway.TrainingWorker;
using Gateway.TranslationWorker;

namespace Gateway.Cli;

/// <summary>Composes the services of one process; the same calls as in each service's own Program.cs.</summary>
internal static class GatewayHost
{
    /// <exception cref="SettingsException">A setting of the request is in no section that anybody reads.</exception>
    /// <exception cref="VerbException">Not all roles were asked for, on the in-memory bus: no other process could
    /// hear its messages.</exception>
    public static WebApplication Build(HostRequest request)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(request.Settings.Append(new("data", request.Data)));
        if (request.Urls is not null)
            builder.Configuration["urls"] = request.Urls;
        if (request.Roles.Count > 0 && builder.Configuration["Bus:Transport"] is null or "InMemory")
            throw new VerbException("A single role needs a bus that others can hear: set Bus:Transport to RabbitMq.", ExitCode.Usage);

        builder.AddGatewayDefaults();
        builder.AddPersistence();
        if (request.Has(GatewayRole.Listener))
            builder.AddDicomListener();
        if (request.Has(GatewayRole.Translator))
            builder.AddTranslationWorker();
        if (request.Has(GatewayRole.Trainer))
            builder.AddTrainingWorker();
        if (request.Has(GatewayRole.Portal))
            builder.AddPortal();
        builder.AddGatewayBus(
            bus =>
            {
                if (request.Has(GatewayRole.Translator))
                    bus.AddTranslationHandlers();
                if (request.Has(GatewayRole.Trainer))
                    bus.AddTrainingHandlers();
            },
            readyWithoutBroker: request.Has(GatewayRole.Listener));

        var app = builder.Build();
        if (request.Roles.Count == 0
            && app.Services.GetRequiredService<SettingsCheck>().UnknownSections(request.Settings.Keys) is { Count: > 0 } faults)
            throw new SettingsException(faults);
        app.MapGatewayDefaults();
        if (request.Has(GatewayRole.Portal))
            app.MapPortal();
        if (request.Has(GatewayRole.Listener))
            app.MapDicomListener();
        return app;
    }
}
