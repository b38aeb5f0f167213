using System.Text.Json;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TrainingWorker.Training;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests;

/// <summary>Trainer processes on one PostgreSQL and one RabbitMQ, each with a data folder of its own, all with the same objects.</summary>
internal sealed class TrainingCluster : IAsyncDisposable
{
    /// <summary>Seconds on one core.</summary>
    public static TrainingOptions Recipe { get; } = new()
    {
        GeneratorWidth = 8,
        DiscriminatorWidth = 4,
        StepsSmall = 6,
        StepsFull = 6,
        StepsAdversarial = 28,
        SmallSize = 32,
        FullSize = 64,
        CropSize = 64,
        BatchSmall = 4,
        BatchFull = 2,
        PairedRate = 1e-4,
        CalibrationBatches = 20,
        PoolSize = 3,
        PenaltyEvery = 2,
        Phantoms = 4,
        CheckpointSteps = 1,
        ProgressEvery = 1,
        SheetEvery = 20,
    };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TemporaryDirectory _folder = new();
    private readonly List<GatewayProcess> _trainers = [];
    private readonly Dictionary<string, string> _settings;

    private TrainingCluster(TestDatabase database, Dictionary<string, string> settings)
    {
        (Database, _settings) = (database, settings);
        settings["Database__ConnectionString"] = database.Options.ConnectionString!;
        settings["Objects__Folder"] = _folder.Combine("objects");
        settings["Training__Lease"] = "00:00:02";
        settings["Training__Poll"] = "00:00:00.2";
        settings["Training__Threads"] = "1";
        settings["Training__GatePhantoms"] = "2";
    }

    public TestDatabase Database { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TrainingCluster> CreateAsync() =>
        new(await TestDatabase.CreateAsync(DatabaseProvider.Postgres), await Servers.SettingsAsync("RabbitMQ and PostgreSQL"));

    /// <summary>One more, on a machine that has seen nothing of what the others did.</summary>
    public async Task<GatewayProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(_settings);
        foreach (var (name, value) in settings)
            all[name] = value;
        var trainer = await GatewayProcess.StartAsync(_folder.Combine($"data{_trainers.Count}"), all, "trainer");
        _trainers.Add(trainer);
        return trainer;
    }

    public async Task<Guid> OrderAsync(
        TrainingOptions? recipe = null) => (await new TrainingJobs(Database.Contexts, TimeProvider.System).OrderAsync(
        new()
        {
            Pair = "t2-ct", Trigger = TrainingTrigger.Person, By = "test", RecipeName = "tiny", Recipe = JsonSerializer.Serialize(recipe
            ?? Recipe)
        }, Cancel)).Job.Id;

    public async Task<TrainingJob> JobAsync(Guid id)
    {
        await using var db = Database.Open();
        return await db.TrainingJobs.AsNoTracking().SingleAsync(j => j.Id == id, Cancel);
    }

    /// <summary>Waits until the job is as asked, or done.</summary>
    public async Task<TrainingJob> UntilAsync(Guid id, string what, Func<TrainingJob, bool> asked)
    {
        var job = await JobAsync(id);
        await Eventually.TrueAsync(async () => asked(job = await JobAsync(id)) || job.EndedAt is not null, what, Patience);
        return job;
    }

    public Task<TrainingJob> DoneAsync(Guid id) => UntilAsync(id, "the job is done", _ => false);

    public async ValueTask DisposeAsync()
    {
        foreach (var trainer in _trainers)
            await trainer.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Dispose();
    }
}
