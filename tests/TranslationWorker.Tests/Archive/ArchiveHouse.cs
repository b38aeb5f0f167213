using System.Collections.Concurrent;
using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Archive;

/// <summary>A database, its objects and the worker's handlers, with everything that is logged.</summary>
internal sealed class ArchiveHouse : IAsyncDisposable
{
    private readonly Logs _logs = new();
    private readonly LoggerFactory _loggers;
    private readonly ModelCatalog _models;

    private ArchiveHouse(TestDatabase database, ArchiveOptions options)
    {
        (Database, Objects, _loggers) = (database, new FolderObjectStore(database.Data), new([_logs]));
        _models = new(MsOptions.Create(new ModelOptions()), _loggers.CreateLogger<ModelCatalog>());
        Key = new(MsOptions.Create(options), database.Data);
        Archive = new(new(MsOptions.Create(options), Key, _loggers.CreateLogger<ArchivePolicy>()), Objects, TimeProvider.System);
    }

    public TestDatabase Database { get; }

    public FolderObjectStore Objects { get; }

    public SubjectKey Key { get; }

    public SampleArchive Archive { get; }

    public IEnumerable<string> Logged => _logs.Lines;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ArchiveHouse> CreateAsync(DatabaseProvider provider, ArchiveOptions? options = null) =>
        new(await TestDatabase.CreateAsync(provider), options ?? new());

    /// <summary>A complete study of one series, as the listener leaves it.</summary>
    public async Task<Series> ReceiveAsync(IReadOnlyList<DicomDataset> images, string caller = "SCANNER", int revision = 1)
    {
        var first = images[0];
        var association = new Association
        {
            Id = Guid.CreateVersion7(),
            CallingAe = caller,
            CalledAe = "GATEWAY",
            RemoteAddress = "127.0.0.1",
            OpenedAt = DateTimeOffset.UnixEpoch,
        };
        var study = new Study
        {
            Id = Guid.CreateVersion7(), StudyInstanceUid = first.GetString(DicomTag.StudyInstanceUID),
            FirstReceivedAt = DateTimeOffset.UnixEpoch, Revision = revision,
            PatientId = first.GetString(DicomTag.PatientID), IssuerOfPatientId = first.GetSingleValueOrDefault<string?>(
                DicomTag.IssuerOfPatientID, null),
            StudyDescription = first.GetSingleValueOrDefault<string?>(DicomTag.StudyDescription, null),
        };
        var series = new Series
        {
            Id = Guid.CreateVersion7(), StudyId = study.Id, Study = study, SeriesInstanceUid = first.GetString(DicomTag.SeriesInstanceUID),
            Origin = SeriesOrigin.Received,
            Modality = first.GetString(DicomTag.Modality), SeriesDescription = first.GetSingleValueOrDefault<string?>(
                DicomTag.SeriesDescription, null),
            Revision = revision, State = SeriesState.Received,
        };
        foreach (var image in images)
        {
            using var file = new MemoryStream();
            await new DicomFile(image).SaveAsync(file);
            series.Instances.Add(new()
            {
                Id = Guid.CreateVersion7(), SeriesId = series.Id, SopInstanceUid = image.GetString(DicomTag.SOPInstanceUID),
                SopClassUid = image.GetString(DicomTag.SOPClassUID),
                TransferSyntaxUid = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID,
                Sha256 = await ((IObjectStore)Objects).PutAsync(file.ToArray(), Cancel),
                Bytes = file.Length, ReceivedAt = DateTimeOffset.UnixEpoch, AssociationId = association.Id,
            });
        }
        await using var db = Database.Open();
        db.Add(association);
        db.Add(series);
        await db.SaveChangesAsync(Cancel);
        return series;
    }

    public Task DecideAsync(Series series) =>
        HandleAsync(
            db => Decisions.Handler(Objects).HandleAsync(new() { StudyId = series.StudyId, Revision = series.Revision }, db, Cancel));

    public Task TranslateAsync(Series series)
    {
        var translator = new SeriesTranslator(
            ShippedModalities.Table, _models, new ReferenceCatalog(MsOptions.Create(new ModelOptions())),
            MsOptions.Create(new SiteOptions()),
            MsOptions.Create(new TranslationOptions()), TimeProvider.System);
        var outcome = new TranslationOutcome(
            new DerivedSeriesStore(Objects, Database.Data, TimeProvider.System), Archive, Decisions.NoRejections, TimeProvider.System,
            _loggers.CreateLogger<TranslationOutcome>());
        return HandleAsync(db => new TranslateSeriesHandler(translator, outcome, Objects, TimeProvider.System)
            .HandleAsync(new() { SeriesId = series.Id, Revision = series.Revision }, db, Cancel));
    }

    /// <summary>Archives a translation as <see cref="TranslationOutcome"/> does, without the minutes it takes.</summary>
    public async Task ArchiveAsync(Series series, PreparedSample? sample)
    {
        var result = Result(series, sample);
        await using var db = Database.Open();
        var stored = await Archive.StoreAsync(series, result, db, Cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await Archive.ReplaceAsync(series, stored, db, Cancel);
        await db.SaveChangesAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }

    /// <param name="policy">The house's own unless said.</param>
    public ArchiveImport Import(ArchiveOptions? policy = null) => new(
        new(MsOptions.Create(policy ?? new()), Key, _loggers.CreateLogger<ArchivePolicy>()), Key, Archive, _models,
        new(MsOptions.Create(new ModelOptions())),
        MsOptions.Create(new TranslationOptions()), Database.Contexts);

    public ArchiveErasure Erasure() => new(Database.Contexts, Key, new(Database.Contexts, Database.Data, TimeProvider.System));

    public async Task<List<ArchiveSample>> SamplesAsync()
    {
        await using var db = Database.Open();
        return await db.ArchiveSamples.AsNoTracking().ToListAsync(Cancel);
    }

    /// <summary>Digests of the objects that are NIfTI: samples, named by a row or not.</summary>
    public IReadOnlyList<string> SampleObjects() =>
    [
        .. Directory.EnumerateFiles(Database.Data.Objects, "*", SearchOption.AllDirectories).Where(file =>
        {
            var bytes = File.ReadAllBytes(file);
            return bytes.Length > 348 && bytes.AsSpan(344, 3).SequenceEqual("n+1"u8);
        }).Select(file => Path.GetFileName(file)!),
    ];

    public Gateway.Imaging.Volumes.VoxelVolume Read(ArchiveSample sample)
    {
        using var stream = Objects.OpenRead(sample.Sha256);
        return NiftiFile.ReadVoxels(stream);
    }

    public async ValueTask DisposeAsync()
    {
        _models.Dispose();
        _loggers.Dispose();
        await Database.DisposeAsync();
    }

    private static TranslatedSeries Result(Series series, PreparedSample? sample) => new()
    {
        Direction = Shipped.T2ToCt,
        Model = new() { Direction = Shipped.T2ToCt, Name = "stub", Version = "1", Digest = new('a', 64), HuLow = -20, HuHigh = 100 },
        Derived = [],
        ChosenSopInstanceUid = series.Instances[0].SopInstanceUid,
        ChosenSlice = 0,
        NccBefore = 0.5,
        NccAfter = 0.9,
        GateScore = 0.1,
        Panels = [],
        Sheet = [],
        Sample = sample,
        Figures = new(ScannerVendor.Other, new Dictionary<string, double> { [MeasureName.GateScore] = 0.1 }),
        Seconds = new Dictionary<string, double>(),
    };

    private async Task HandleAsync(Func<GatewayDbContext, Task> work)
    {
        await using var db = Database.Open();
        await work(db);
        await db.SaveChangesAsync(Cancel);
        if (db.Database.CurrentTransaction is not null)    // not of a message that came too late
            await db.Database.CommitTransactionAsync(Cancel);
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
