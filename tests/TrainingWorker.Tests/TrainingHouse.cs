using System.Text.Json;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TrainingWorker.Jobs;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>A database with trainers on it, each with a data folder of its own and all with the same objects, whose recipes take
/// seconds.</summary>
internal sealed class TrainingHouse : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TrainingOptions Recipe { get; } = TinyHeads.Options with
    {
        GeneratorWidth = 8,
        PairedRate = 1e-4,
        CalibrationBatches = 20,
        BatchSmall = 4,
        StepsSmall = 1,
        StepsFull = 1,
        StepsAdversarial = 3,
        FullSize = 64,
        Phantoms = 4,
        CheckpointSteps = 1,
        SheetEvery = 4,
    };

    private readonly List<WebApplication> _trainers = [];

    private TrainingHouse(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public FakeTimeProvider Time { get; } = new(Noon);

    public TrainingJobs Jobs => new(Database.Contexts, Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TrainingHouse> CreateAsync(DatabaseProvider provider) => new(await TestDatabase.CreateAsync(provider));

    /// <summary>Services of one trainer process; nothing of it runs by itself.</summary>
    public IServiceProvider Trainer(params (string Key, string Value)[] settings) => Trainer(_ => Task.CompletedTask, settings);

    /// <inheritdoc cref="Trainer((string, string)[])"/>
    /// <param name="beforePut">Called with the number, from 1, of the object that is about to be stored.</param>
    public IServiceProvider Trainer(Func<int, Task> beforePut, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["data"] = Database.Data.Root,
            ["Training:GatePhantoms"] = "2",
            ["Database:Provider"] = $"{Database.Options.Provider}",
            ["Database:ConnectionString"] = Database.Options.ConnectionString,
            ["Logging:LogLevel:Default"] = Environment.GetEnvironmentVariable("GATEWAY_TEST_LOG") ?? "None",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IObjectStore>(new WatchedStore(new FolderObjectStore(Database.Data), beforePut));
        builder.AddGatewayDefaults();
        builder.AddPersistence();
        builder.AddTrainingWorker();
        builder.AddGatewayBus(bus => bus.AddTrainingHandlers());
        var trainer = builder.Build();
        _trainers.Add(trainer);
        return trainer.Services;
    }

    public async Task<TrainingJob> OrderAsync(TrainingOptions recipe) => (await Jobs.OrderAsync(
        new()
        {
            Pair = "t2-ct", Trigger = TrainingTrigger.Person, By = "test", RecipeName = "tiny", Recipe = JsonSerializer.Serialize(
            recipe)
        }, Cancel)).Job;

    public async Task<TrainingLease> ClaimAsync(string holder = "trainer") =>
        (await new TrainingLeases(Database.Contexts, Time).ClaimAsync(holder, TimeSpan.FromMinutes(1), null, Cancel))!;

    public async Task<TrainingJob> JobAsync()
    {
        await using var db = Database.Open();
        return await db.TrainingJobs.AsNoTracking().SingleAsync(Cancel);
    }

    /// <summary>Tiny champions of both directions; that of CT may have a second channel.</summary>
    /// <returns>Their digests.</returns>
    public async Task<List<string>> CrownAsync(bool wide = false)
    {
        IObjectStore objects = new FolderObjectStore(Database.Data);
        await using var db = Database.Open();
        var digests = new List<string>();
        foreach (var direction in (string[])["t2-ct", "ct-t2"])
        {
            using var folder = new TemporaryDirectory();
            var two = wide && direction == "t2-ct";
            using var network = new UNetResNet18(TinyHeads.Options.GeneratorWidth, outputs: two ? 2 : 1);
            var info = new OnnxModelInfo
            {
                Direction = direction,
                HuLow = -30,
                HuHigh = 90,
                Wide = two ? Imaging.Modalities.GreyRange.Wide : null,
                Model = "tiny",
                Version = "1",
                TrainedOn = "nothing",
            };
            OnnxExporter.Write(folder.Combine("model"), network, info, half: true);
            digests.Add(await objects.PutAsync(await System.IO.File.ReadAllBytesAsync(folder.Combine("model"), Cancel), Cancel));
            var model = new Model
            {
                Digest = digests[^1],
                Direction = direction,
                Name = "tiny",
                Version = "1",
                State = ModelState.Champion,
                CreatedAt = Noon,
            };
            db.AddModel(model, ModelActKind.Activated, "test", "test", Noon);
        }
        await db.SaveChangesAsync(Cancel);
        return digests;
    }

    /// <summary>As if the trainer that has the job had been silent for too long.</summary>
    public async Task<TrainingLease> StealAsync()
    {
        await using (var db = Database.Open())
            await db.TrainingJobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, Noon.AddYears(-1)), Cancel);
        return await ClaimAsync("thief");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var trainer in _trainers)
            await trainer.DisposeAsync();
        await Database.DisposeAsync();
    }

    private sealed class WatchedStore(IObjectStore store, Func<int, Task> beforePut) : IObjectStore
    {
        private int _puts;

        public Stream OpenRead(string sha256) => store.OpenRead(sha256);
        public Task<long?> SizeAsync(string sha256, CancellationToken cancel) => store.SizeAsync(sha256, cancel);
        public Task AdoptAsync(string spoolFile, string sha256) => store.AdoptAsync(spoolFile, sha256);

        public async Task<string> PutAsync(Stream content, CancellationToken cancel)
        {
            await beforePut(++_puts);
            return await store.PutAsync(content, cancel);
        }
    }
}
