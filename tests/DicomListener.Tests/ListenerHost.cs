using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.DicomListener.Tests;

/// <summary>The listener as its Program composes it, on SQLite and ports of its own, without a bus.</summary>
internal sealed class ListenerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryDirectory? _owned;

    private ListenerHost(WebApplication app, TemporaryDirectory? owned, int port) => (_app, _owned, Port) = (app, owned, port);

    public int Port { get; }

    public DataDirectory Data => _app.Services.GetRequiredService<DataDirectory>();

    public IObjectStore Objects => _app.Services.GetRequiredService<IObjectStore>();

    public string Web => _app.Urls.Single();

    public static async Task<ListenerHost> StartAsync(Dictionary<string, string?>? settings = null, TemporaryDirectory? data = null)
    {
        var owned = data is null ? new TemporaryDirectory() : null;
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["data"] = (data ?? owned)!.Path,
            ["urls"] = "http://127.0.0.1:0",
            ["Dicom:Port"] = $"{port}",
            ["Disk:MinimumFreeMebibytes"] = "1",
            ["Dicom:CommitmentWait"] = "00:00:00",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.AddGatewayDefaults();
        builder.Logging.ClearProviders();
        builder.AddPersistence();
        builder.AddDicomListener();
        var app = builder.Build();
        app.MapGatewayDefaults();
        app.MapDicomListener();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, owned, port);
    }

    /// <summary>The settings that let these peers in, and nobody else.</summary>
    public static Dictionary<string, string?> Callers(params (string AeTitle, string Cidr)[] callers) =>
        callers.SelectMany((caller, i) => new Dictionary<string, string?>
        {
            [$"Dicom:Callers:{i}:AeTitle"] = caller.AeTitle,
            [$"Dicom:Callers:{i}:Cidr"] = caller.Cidr,
        }).ToDictionary();

    public GatewayDbContext Open() => _app.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContext();

    public DicomNetwork.DicomClient Client(string calling = "SCANNER", string called = "GATEWAY") => new(
        new()
        {
            Host = "127.0.0.1",
            Port = Port,
            CalledAe = DicomNetwork.AeTitle.Parse(called),
            CallingAe = DicomNetwork.AeTitle.Parse(calling),
        },
        TimeProvider.System);

    /// <summary>The process begins to stop, and the port is still open.</summary>
    public Task StoppingAsync() =>
        _app.Services.GetRequiredService<DicomNetwork.DicomServer>().StoppingAsync(TestContext.Current.CancellationToken);

    /// <summary>As SIGTERM does.</summary>
    public void Stop() => _app.Lifetime.StopApplication();

    /// <summary>Sends one file.</summary>
    public async Task<DicomNetwork.StoreResult> SendAsync(byte[] file, string calling = "SCANNER")
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("a.dcm");
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllBytesAsync(path, file, cancel);
        return await Client(calling).StoreAsync([Part10Source.File(path)], cancel).SingleAsync(cancel);
    }

    /// <summary>The one association row, once it is closed.</summary>
    public async Task<Association> ClosedAsync()
    {
        Association? closed = null;
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = Open();
                closed = await db.Associations.SingleOrDefaultAsync(row => row.ClosedAt != null);
                return closed is not null;
            },
            "the association is closed");
        return closed!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();    // waits for what the listener is still writing: the folder it writes to goes next
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _owned?.Dispose();
    }
}
