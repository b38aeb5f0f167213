using System.Security.Cryptography;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Models;

/// <summary>One translator's models on a registry, without the rest of the translator.</summary>
internal sealed class RegistryHouse : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ModelSignal _signal = new();

    /// <param name="database">Where the registry is; disposed with this.</param>
    /// <param name="options">Of a folder that holds what ships; without one nothing does.</param>
    public RegistryHouse(TestDatabase database, ModelOptions? options = null)
    {
        _database = database;
        var settings = MsOptions.Create(options ?? new ModelOptions { Directory = database.Data.Root, Device = "cpu" });
        Objects = new FolderObjectStore(database.Data);
        Registry = new(database.Contexts, Time);
        Catalog = new(settings, NullLogger<ModelCatalog>.Instance, isOfRegistry: true);
        Shipped = new(database.Contexts, Objects, Registry, settings, Time);
        Loader = new(Objects, settings);
        Health = new(Catalog, new(MsOptions.Create(new ModelOptions())), ShippedModalities.Table);
        Watch = new(
            Catalog, Loader, Shipped, ShippedModalities.Table, _signal, new(Meters, Catalog, ShippedModalities.Table),
            database.Contexts, new(Time, NullLogger<Outages>.Instance), settings, Time, NullLogger<ModelWatch>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));

    public IObjectStore Objects { get; }

    public ModelActivation Registry { get; }

    public ModelCatalog Catalog { get; }

    public ShippedModels Shipped { get; }

    public ModelLoader Loader { get; }

    public ModelHealth Health { get; }

    public ModelWatch Watch { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RegistryHouse> CreateAsync(DatabaseProvider provider) => new(await TestDatabase.CreateAsync(provider));

    public TestDatabase Database => _database;

    public System.Diagnostics.Metrics.IMeterFactory Meters => _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();

    public GatewayDbContext Open() => _database.Open();

    /// <summary>Takes a file in as a candidate, whatever it is.</summary>
    /// <returns>Its digest.</returns>
    public async Task<string> AddAsync(byte[] file, string direction = "t2-ct", Guid? job = null)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        await Objects.PutAsync(file, Cancel);
        await Registry.ImportAsync(
            new() { Digest = digest, Direction = direction, Name = "tiny", Version = "1", JobId = job, CreatedAt = Time.GetUtcNow() },
            "Anna", "A test.", cancel: Cancel);
        return digest;
    }

    /// <summary>Activates it and has the translator look.</summary>
    public async Task ActivateAsync(string digest)
    {
        Assert.Equal(ModelActResult.Done, await Registry.ActivateAsync(digest, "Anna", "A test.", cancel: Cancel));
        await Watch.LookAsync(Cancel);
    }

    public string? Loaded(Direction direction) => Catalog.Facts(direction)?.Digest;

    public async Task<(HealthStatus Status, string Text)> HealthAsync()
    {
        var result = await Health.CheckHealthAsync(new(), Cancel);
        return (result.Status, result.Description!);
    }

    /// <summary>Where an object's bytes are.</summary>
    public string PathOf(string digest) => Path.Combine(_database.Data.Objects, digest[..2], digest);

    public async ValueTask DisposeAsync()
    {
        Watch.Dispose();
        Catalog.Dispose();
        _signal.Dispose();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
