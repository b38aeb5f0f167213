using System.Diagnostics.Metrics;
using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Delivery as the worker composes it from the configuration, over a test's database and objects.</summary>
internal sealed class TestDelivery : IDisposable
{
    private readonly TestDatabase _database;
    private readonly IHost _host;

    /// <param name="destinations">The keys of each entry of <c>Delivery:Destinations</c>.</param>
    public TestDelivery(TestDatabase database, params Dictionary<string, string>[] destinations)
        : this(database, _ => { }, destinations) { }

    /// <param name="compose">What is composed beside <see cref="DeliveryExtensions.AddDelivery"/>.</param>
    public TestDelivery(TestDatabase database, Action<IHostApplicationBuilder> compose, params Dictionary<string, string>[] destinations)
    {
        _database = database;
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(Settings(destinations));
        builder.Configuration["data"] = database.Data.Root;
        builder.Configuration["Database:Provider"] = $"{database.Options.Provider}";
        builder.Configuration["Database:ConnectionString"] = database.Options.ConnectionString;
        builder.Logging.ClearProviders();
        compose(builder);
        builder.AddPersistence();
        builder.AddDelivery();
        builder.Services.AddTransient<DeliverSeriesHandler>().AddTransient<RequestCommitmentHandler>();
        _host = builder.Build();
    }

    public IOptions<DeliveryOptions> Options => _host.Services.GetRequiredService<IOptions<DeliveryOptions>>();

    public DeliveryWatch Watch => _host.Services.GetRequiredService<DeliveryWatch>();

    public IMeterFactory Meters => _host.Services.GetRequiredService<IMeterFactory>();

    public DeliverSeriesHandler Handler => _host.Services.GetRequiredService<DeliverSeriesHandler>();

    /// <summary>As a start of the worker would: every option is looked at.</summary>
    public void Validate() => _host.Services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>Handles one DeliverSeries and commits.</summary>
    public async Task DeliverAsync(Guid seriesId, string destination)
    {
        await using var db = _database.Open();
        await Handler.HandleAsync(
            new DeliverSeries { SeriesId = seriesId, Destination = destination }, db, TestContext.Current.CancellationToken);
        await db.SaveHandledAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Handles one RequestCommitment and commits.</summary>
    public async Task RequestCommitmentAsync(Guid seriesId, string destination)
    {
        await using var db = _database.Open();
        await _host.Services.GetRequiredService<RequestCommitmentHandler>()
            .HandleAsync(
                new RequestCommitment { SeriesId = seriesId, Destination = destination }, db, TestContext.Current.CancellationToken);
        await db.SaveHandledAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A C-STORE SCP on this machine.</summary>
    public static Dictionary<string, string> CStore(string name, int port) =>
        new() { ["Name"] = name, ["Host"] = "127.0.0.1", ["Port"] = $"{port}", ["CalledAe"] = "ARCHIVE" };

    /// <summary>A DICOMweb origin server.</summary>
    public static Dictionary<string, string> StowRs(string name, string url) =>
        new() { ["Name"] = name, ["Protocol"] = "StowRs", ["Url"] = url };

    public static Dictionary<string, string?> Settings(params IEnumerable<Dictionary<string, string>> destinations) =>
        destinations.SelectMany(
            (keys, i) => keys.Select(key => KeyValuePair.Create($"Delivery:Destinations:{i}:{key.Key}", (string?)key.Value)))
                .ToDictionary();

    public void Dispose() => _host.Dispose();
}
