using Gateway.Persistence;
using Gateway.TranslationWorker;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.WholeVolume;

/// <summary>The translator and its store as the worker runs them, in this process: models loaded before, the first run compiles what it
/// needs.</summary>
internal sealed class VolumeRun(SourceSeries series, string data)
{
    private readonly DataDirectory _data = new DataDirectory(data).Create();

    public async Task<IReadOnlyList<VolumeTimes>> RunAsync(int runs, CancellationToken cancel)
    {
        var options = MsOptions.Create(new ModelOptions());
        using var models = new ModelCatalog(options, NullLogger<ModelCatalog>.Instance);
        var direction = ShippedModalities.T2.Direction;
        _ = (models[direction], models[direction.Reverse]);
        var all = MsOptions.Create(new TranslationOptions { Slices = SliceCoverage.All });
        var translator = new SeriesTranslator(
            ShippedModalities.Table, models, new ReferenceCatalog(options), MsOptions.Create(new SiteOptions()), all, TimeProvider.System);
        var times = new List<VolumeTimes>();
        using var signal = new OutboxSignal();
        var contexts = new GatewayDbContextFactory(MsOptions.Create(new DatabaseOptions()), _data, signal, NullLoggerFactory.Instance);
        await new DatabaseMigration(contexts, _data, NullLogger<DatabaseMigration>.Instance).StartingAsync(cancel);
        for (var run = 1; run <= runs; run++)
        {
            await Console.Error.WriteLineAsync($"run {run} of {runs}");
            times.Add(await OnceAsync(translator, contexts, run, cancel));
        }
        return times;
    }

    private async Task<VolumeTimes> OnceAsync(
        SeriesTranslator translator, GatewayDbContextFactory contexts, int run, CancellationToken cancel)
    {
        SourceInstance[] sources = [.. series.Files.Select(SourceInstance.File)];
        await using var db = contexts.CreateDbContext();
        var source = await ReceivedAsync(db, run, cancel);
        GC.Collect();
        ProcessTree.ResetPeak(Environment.ProcessId);
        var (start, processor) = (TimeProvider.System.GetTimestamp(), ProcessTree.OwnProcessorSeconds());

        var result = translator.Translate(ShippedModalities.T2.Direction, sources, TimeProvider.System.GetUtcNow(), cancel: cancel);
        var translated = TimeProvider.System.GetTimestamp();
        if (result.Derived.Count == 0)
            throw new InvalidOperationException("Held: " + string.Join(", ", result.Reasons));
        await new DerivedSeriesStore(new FolderObjectStore(_data), _data, TimeProvider.System).AddAsync(source, result, db, cancel);
        await db.SaveChangesAsync(cancel);

        return new VolumeTimes(
            result.Derived.Count,
            new Dictionary<string, double>(result.Seconds) { ["store"] = TimeProvider.System.GetElapsedTime(translated).TotalSeconds },
            TimeProvider.System.GetElapsedTime(start).TotalSeconds,
            ProcessTree.OwnProcessorSeconds() - processor,
            ProcessTree.Mebibytes(Environment.ProcessId, "VmHWM"));
    }

    /// <summary>A study of its own each time: what is stored already would not be stored again.</summary>
    private static async Task<Series> ReceivedAsync(GatewayDbContext db, int run, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        var study = new Study { Id = Guid.CreateVersion7(now), StudyInstanceUid = $"2.25.{run}", FirstReceivedAt = now };
        var received = new Series
        {
            Id = Guid.CreateVersion7(now),
            StudyId = study.Id,
            Study = study,
            SeriesInstanceUid = $"2.25.{run}.1",
            Origin = SeriesOrigin.Received,
        };
        db.Add(received);
        await db.SaveChangesAsync(cancel);
        return received;
    }
}
