using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>The portal on a port of its own, over a database and an object store of its own.</summary>
public sealed class PortalHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PortalHost(TestDatabase database, WebApplication app)
    {
        (Database, _app) = (database, app);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)) };
    }

    public TestDatabase Database { get; }
    public HttpClient Client { get; }
    public string Url => Client.BaseAddress!.ToString();
    public IObjectStore Objects => _app.Services.GetRequiredService<IObjectStore>();

    public static async Task<PortalHost> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, params string[] settings)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var builder = WebApplication.CreateSlimBuilder(
        [
            "--urls", "http://127.0.0.1:0", "--data", database.Data.Root, "--Dicom:Port", "11119",
            "--Database:Provider", provider.ToString(), "--Database:ConnectionString", database.Options.ConnectionString!, .. settings,
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section);
        builder.AddPortal();
        var app = builder.Build();
        app.MapPortal();
        await app.StartAsync();
        return new(database, app);
    }

    /// <summary>Stores rows as the other services would.</summary>
    public async Task AddAsync(params IEnumerable<object> rows)
    {
        await using var db = Database.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }
}
