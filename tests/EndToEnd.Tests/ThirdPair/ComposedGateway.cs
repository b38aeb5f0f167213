using Gateway.DicomListener;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.EndToEnd.Tests.ThirdPair;

/// <summary>Listener and translator in this process, as <c>gateway run</c> composes them, and one modality more.</summary>
internal sealed class ComposedGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ComposedGateway(WebApplication app, int dicomPort) => (_app, DicomPort) = (app, dicomPort);

    public int DicomPort { get; }

    public static async Task<ComposedGateway> StartAsync(
        TestDatabase database, string models, ModalityProfile further, Dictionary<string, string?> settings)
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings)
        {
            ["data"] = database.Data.Root,
            ["urls"] = "http://127.0.0.1:0",
            ["Database:Provider"] = $"{database.Options.Provider}",
            ["Database:ConnectionString"] = database.Options.ConnectionString,
            ["Dicom:Port"] = $"{port}",
            ["Dicom:Completion:ReleasedQuiet"] = "00:00:01",
            ["Disk:MinimumFreeMebibytes"] = "1",
            ["Models:Directory"] = models,
            ["Models:Device"] = "cpu",
        });
        builder.AddGatewayDefaults();
        builder.Logging.ClearProviders();
        builder.AddPersistence();
        builder.AddDicomListener();
        builder.AddTranslationWorker();
        builder.Services.AddSingleton(further);
        builder.AddGatewayBus(bus => bus.AddTranslationHandlers(), readyWithoutBroker: true);
        var app = builder.Build();
        app.MapGatewayDefaults();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, port);
    }

    public Task<ToolResult> StorescuAsync(string folder) => Tool.RunAsync(
        "storescu", ["-aet", "SCANNER", "-aec", "GATEWAY", "+sd", "127.0.0.1", $"{DicomPort}", folder],
        environment: new Dictionary<string, string> { ["TCP_NODELAY"] = "1" });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
