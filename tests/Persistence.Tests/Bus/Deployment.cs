using Gateway.Hosting;
using Gateway.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Gateway.Persistence.Tests;

/// <summary>The gateway as it is embedded (SQLite, in-memory bus) or in production (PostgreSQL, RabbitMQ): a database, a broker, any number
/// of processes' worth of hosts.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    private Deployment(TestDatabase database, RabbitMqServer? broker, Uri? virtualHost) =>
        (Database, Broker, VirtualHost) = (database, broker, virtualHost);

    public TestDatabase Database { get; }
    public RabbitMqServer? Broker { get; }
    public Uri? VirtualHost { get; }

    public static async Task<Deployment> CreateAsync(BusTransport transport)
    {
        if (transport == BusTransport.InMemory)
            return new Deployment(await TestDatabase.CreateAsync(DatabaseProvider.Sqlite), null, null);
        return await CreateAsync(DatabaseProvider.Postgres, await RabbitMqServer.GetAsync());
    }

    public static async Task<Deployment> CreateAsync(DatabaseProvider provider, RabbitMqServer broker) =>
        new(await TestDatabase.CreateAsync(provider), broker, await broker.CreateVirtualHostAsync());

    public static async Task<Deployment> CreateAsync(TestDatabase database, BusTransport transport)
    {
        var broker = transport == BusTransport.RabbitMq ? await RabbitMqServer.GetAsync() : null;
        return new(database, broker, broker is null ? null : await broker.CreateVirtualHostAsync());
    }

    /// <summary>Starts one process's worth: persistence, bus, the handlers given. Each message comes twice, and not in order.</summary>
    public async Task<IHost> StartAsync(Action<IBusRegistrationConfigurator> handlers, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        var configuration = new Dictionary<string, string?>
        {
            ["data"] = Database.Data.Root,
            ["Database:Provider"] = $"{Database.Options.Provider}",
            ["Database:ConnectionString"] = Database.Options.ConnectionString,
            ["Bus:Transport"] = VirtualHost is null ? "InMemory" : "RabbitMq",
            ["Bus:Poll"] = "00:00:00.1",
            ["Bus:RetryDelay"] = "00:00:00.01",
            ["Logging:LogLevel:Default"] = Environment.GetEnvironmentVariable("GATEWAY_TEST_LOG") ?? "None",
        };
        if (VirtualHost is not null)
            (configuration["Bus:Host"], configuration["Bus:Username"], configuration["Bus:Password"]) =
                ($"{VirtualHost}", Broker!.Username, Broker.Password);
        foreach (var (key, value) in settings)
            configuration[key] = value;
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.AddPersistence();
        builder.AddGatewayBus(bus =>
        {
            handlers(bus);
            DeliveredTwice.Use(bus);
        });
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>Waits until the bus is connected and every queue bound, as whoever publishes past the outbox must.</summary>
    public static Task ConnectedAsync(IHost host) =>
        Eventually.TrueAsync(async () => await BusHealthAsync(host) == HealthStatus.Healthy, "the bus is healthy");

    /// <summary>What readiness says of the bus.</summary>
    public static async Task<HealthStatus> BusHealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["masstransit-bus"].Status;

    /// <summary>Commits outbox rows as another process would, so that only polling finds them.</summary>
    public async Task<Guid[]> EnqueueAsync<T>(params T[] messages)
        where T : class
    {
        await using var db = Database.Open();
        var ids = messages.Select(message => db.Enqueue(message, TimeProvider.System).Id).ToArray();
        await db.SaveChangesAsync();
        return ids;
    }

    /// <summary>What the recording handlers committed.</summary>
    public async Task<List<string>> RecordsAsync()
    {
        await using var db = Database.Open();
        return await db.Refusals.OrderBy(row => row.Text).Select(row => row.Text).ToListAsync();
    }

    public async Task<List<Failure>> FailuresAsync()
    {
        await using var db = Database.Open();
        return await db.Failures.ToListAsync();
    }

    public async Task<int> UnsentAsync()
    {
        await using var db = Database.Open();
        return await db.Outbox.CountAsync(row => row.SentAt == null);
    }

    /// <summary>Ends a host as exit would.</summary>
    public async Task StopAsync(IHost host)
    {
        _hosts.Remove(host);
        await host.StopAsync();
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.ToArray())
            await StopAsync(host);
        await Database.DisposeAsync();
    }
}
