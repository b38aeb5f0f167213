using System.Text.Json;
using Gateway.Contracts.Reasons;
using Gateway.DicomListener;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Portal;
using Gateway.Testing;
using Gateway.TranslationWorker;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>The gateway's own listener, handlers, release and replay over one database, taken step by step; archives that take,
/// refuse and are full.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly WebApplication _app;
    private readonly Dictionary<string, Type> _consumers;
    private readonly StepContexts _steps;
    private readonly InstanceCommit _listener;
    private readonly IReadOnlyList<string> _objects;
    private readonly FakeTimeProvider _time = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly StubTranslator _translator;

    private World(TestDatabase database, Archives archives, StubTranslator translator, IReadOnlyList<string> objects)
    {
        (_database, Archives, _translator, _objects) = (database, archives, translator, objects);
        _steps = new(database);
        _listener = new(
            database.Contexts, new FolderObjectStore(database.Data), new(MsOptions.Create(new DicomListenerOptions()), TimeProvider.System),
            TimeProvider.System);
        var builder = Builder(database, archives);
        builder.Services.Replace(ServiceDescriptor.Singleton<IDbContextFactory<GatewayDbContext>>(_steps));
        builder.Services.Replace(ServiceDescriptor.Singleton<ITranslator>(translator));
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time));
        // Leases by the machine's clock: no heart beats, and no limit is reached, while time is moved on here.
        builder.Services.Replace(ServiceDescriptor.Singleton(services => new WorkTurns(
            new(_steps, TimeProvider.System), _steps, MsOptions.Create(new WorkOptions()), MsOptions.Create(new BusOptions()),
            TimeProvider.System, NullLogger<WorkTurns>.Instance)));
        _consumers = builder.Services.Select(service => service.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(InboxConsumer<,>)).Distinct()
            .ToDictionary(type => ContractTypes.NameOf(type.GetGenericArguments()[0]));
        _app = builder.Build();
    }

    public Archives Archives { get; }

    public Fate Fate { set => _translator.Fate = value; }

    /// <summary>What was done that never may be.</summary>
    public IEnumerable<string> Wrongs => Archives.Stale.Concat(_translator.Mixed);

    public static async Task<World> CreateAsync(DatabaseProvider provider, int destinations)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var world = new World(
            database, await Archives.StartAsync(database, destinations), new(),
            await Scan.StoreAsync(new FolderObjectStore(database.Data)));
        await world._listener.StartAsync(CancellationToken.None);
        return world;
    }

    /// <summary>A study of one series, all images but the late ones stored.</summary>
    public async Task<Scan> BeginAsync(Chance chance)
    {
        (_translator.Chance, _translator.Counts, Archives.Chance) = (chance, chance.Of100(50) ? Scan.Images : int.MaxValue, chance);
        await using var db = _database.Open();
        await db.Outbox.Where(row => row.SentAt == null).ExecuteUpdateAsync(row => row.SetProperty(x => x.SentAt, _time.GetUtcNow()));
        var association = new Association
        {
            Id = Guid.CreateVersion7(_time.GetUtcNow()),
            CallingAe = "SCANNER",
            CalledAe = "GATEWAY",
            RemoteAddress = "127.0.0.1",
            OpenedAt = _time.GetUtcNow(),
            ClosedAt = _time.GetUtcNow(),
            Outcome = AssociationOutcome.Released,
        };
        db.Associations.Add(association);
        await db.SaveChangesAsync();
        var scan = new Scan(association.Id, DicomNetwork.Uid.Of(Guid.CreateVersion7(_time.GetUtcNow())).Value, _objects);
        await Task.WhenAll(Enumerable.Range(0, Scan.Images).Select(number => StoreAsync(scan, number)));
        return scan;
    }

    public Task StoreAsync(Scan scan, int number, int patient = 0) => _listener.CommitAsync(scan.Image(number, _time.GetUtcNow(), patient));

    public void Wait(TimeSpan time) => _time.Advance(time);

    /// <summary>Messages that may be handed out now, and whether others wait for their time.</summary>
    public async Task<(List<OutboxMessage> Due, bool More)> DueAsync()
    {
        await using var db = _database.Open();
        var rows = await db.Outbox.AsNoTracking().Where(row => row.SentAt == null).OrderBy(row => row.Id).ToListAsync();
        return (rows.FindAll(row => row.NotBefore <= _time.GetUtcNow()), rows.Exists(row => row.NotBefore > _time.GetUtcNow()));
    }

    /// <summary>The bus has been told that a message is dealt with.</summary>
    public async Task AcknowledgeAsync(OutboxMessage message)
    {
        await using var db = _database.Open();
        await db.Outbox.Where(row => row.Id == message.Id).ExecuteUpdateAsync(row => row.SetProperty(x => x.SentAt, _time.GetUtcNow()));
    }

    /// <summary>All messages are handled, and what is complete is found to be, until nothing is left to do.</summary>
    public async Task SettleAsync(Scan scan)
    {
        for (var (due, _) = await DueAsync(); due.Count > 0 || (await LookAsync(scan)).Study.State == StudyState.Receiving;
            (due, _) = await DueAsync())
        {
            foreach (var message in due)
            {
                await HandleAsync(message);
                await AcknowledgeAsync(message);
            }
            Wait(TimeSpan.FromSeconds(6));
            await CompleteAsync();
        }
    }

    public async Task HandleAsync(OutboxMessage message)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var type = _consumers[message.Type];
        var body = JsonSerializer.Deserialize(message.Body, ContractTypes.Resolve(message.Type), ContractTypes.Json)!;
        await (Task)type.GetMethod("HandleAsync")!
            .Invoke(scope.ServiceProvider.GetRequiredService(type), [body, new WorkDelivery(message.Id), CancellationToken.None])!;
    }

    /// <summary>After its last try.</summary>
    public Task ParkAsync(OutboxMessage message, Exception error) =>
        _app.Services.GetRequiredService<ParkFailures>().WriteAsync(Failed(message, error), CancellationToken.None);

    public async Task CompleteAsync() => await Completion().DecideAsync(CancellationToken.None);

    public Task ReleaseAsync(Guid series) => new SeriesReleases(_steps, _time, _database.Signal, NullLogger<SeriesReleases>.Instance)
        .ReleaseAsync(series, "Anna", "Looks well.", CancellationToken.None);

    public Task JudgeAsync(Guid series, VerdictKind kind) =>
        new ResultVerdicts(_steps, _time, _database.Signal, NullLogger<ResultVerdicts>.Instance).JudgeAsync(
            series, new(kind, "Ben", "So it looks.", kind == VerdictKind.Rejected ? ReaderVerdict.Safety : null), CancellationToken.None);

    public Task ChoosePatientAsync(Guid study, Guid patient) =>
        new PatientChoices(_steps, _time, NullLogger<PatientChoices>.Instance).ChooseAsync(
            study, new("Anna", "The worklist said so.", patient, null), CancellationToken.None);

    public Task<IReadOnlyList<ReplayedFailure>> ReplayAsync(Guid study) =>
        new WorkReplays(_steps, _time).ReplayAsync(new() { Study = study }, "Anna", "The cause is gone.", CancellationToken.None);

    public async Task<StudyAsItIs> LookAsync(Scan scan)
    {
        await using var db = _database.Open();
        var study = await db.Studies.AsNoTracking().AsSingleQuery().Include(s => s.Patients).Include(s => s.Series).ThenInclude(
            s => s.Instances).Include(s => s.Series).ThenInclude(s => s.Verdicts)
            .SingleAsync(s => s.StudyInstanceUid == scan.StudyUid);
        var ids = study.Series.ConvertAll(s => s.Id);
        return new(
            study, await db.Deliveries.AsNoTracking().Include(d => d.Instance).Where(d => ids.Contains(d.Instance.SeriesId)).ToListAsync(),
            await db.Failures.AsNoTracking().Where(f => f.ReplayedAt == null && (f.StudyId == study.Id || ids.Contains(f.SeriesId!.Value)))
                .ToListAsync())
        {
            Named = study.Series.Where(s => s.Origin == SeriesOrigin.Derived).SelectMany(s => s.Instances)
                .ToDictionary(i => i.Id, PatientOf),
            ImagingStudy = (await db.FhirResources.AsNoTracking()
                .SingleOrDefaultAsync(r => r.Type == "ImagingStudy" && r.StudyId == study.Id))?.Json,
        };
    }

    private string PatientOf(Instance image)
    {
        using var stream = new FolderObjectStore(_database.Data).OpenRead(image.Sha256);
        return DicomFile.Open(stream).Dataset.GetString(DicomTag.PatientID);
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Archives.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static FailedMessage Failed(OutboxMessage message, Exception error)
    {
        var body = JsonSerializer.Deserialize<JsonElement>(message.Body);
        return new()
        {
            Endpoint = message.Type,
            MessageId = message.Id,
            Type = message.Type,
            Body = message.Body,
            SeriesId = body.TryGetProperty("seriesId", out var series) ? series.GetGuid() : null,
            StudyId = body.TryGetProperty("studyId", out var study) ? study.GetGuid() : null,
            Reason = Reason.OfError("test", error.GetType().Name),
        };
    }

    private StudyCompletion Completion() =>
        new(_steps, MsOptions.Create(new DicomListenerOptions()), new(_time, NullLogger<Outages>.Instance), _time,
            NullLogger<StudyCompletion>.Instance);

    private static WebApplicationBuilder Builder(TestDatabase database, Archives archives)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(archives.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["data"] = database.Data.Root,
            ["Database:Provider"] = $"{database.Options.Provider}",
            ["Database:ConnectionString"] = database.Options.ConnectionString,
            ["Logging:LogLevel:Default"] = "None",
        });
        builder.AddPersistence();
        builder.AddTranslationWorker();
        builder.AddGatewayBus(bus => bus.AddTranslationHandlers());
        return builder;
    }
}
