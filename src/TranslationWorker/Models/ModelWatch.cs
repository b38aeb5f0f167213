using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Keeps the models in memory those that the registry calls champions: asked at the start, every <c>Models:Watch</c>, and when
/// <see cref="ModelSignal"/> says so. The new one is loaded beside the old; one that cannot be used changes nothing but the
/// readiness.</summary>
public sealed partial class ModelWatch(
    ModelCatalog models, ModelLoader loader, ShippedModels shipped, ModalityTable modalities, ModelSignal signal, ModelMetrics metrics,
    IDbContextFactory<GatewayDbContext> databases, Outages outages, IOptions<ModelOptions> options, TimeProvider time,
    ILogger<ModelWatch> logger) : BackgroundService
{
    private const string Work = "the models";

    /// <summary>In the place of a digest, for the file that ships.</summary>
    private const string Shipped = "";

    /// <summary>A file that cannot be used is read again after so long: somebody may have mended it.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(Direction Direction, string Digest), DateTimeOffset> _refused = [];
    private readonly HashSet<Direction> _imported = [];
    private Task? _changed;

    /// <summary>The first look comes before the bus brings work. A database that is away does not hold up the start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (models.IsOfRegistry)
            await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Compares what is in memory with the registry, once.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        foreach (var direction in modalities.Directions.Where(direction => !_imported.Contains(direction) && IsDue(direction, Shipped)))
            await ImportAsync(direction, cancel);
        foreach (var (direction, digest) in await ChampionsAsync(cancel))
        {
            if (models.Facts(direction)?.Digest == digest)
                models.Agree(direction);    // rolled back from one that could not be used
            else if (IsDue(direction, digest))
                await ChangeAsync(direction, digest, cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (models.IsOfRegistry && !stoppingToken.IsCancellationRequested)
        {
            _changed ??= signal.WaitAsync(stoppingToken);
            await Task.WhenAny(_changed, Task.Delay(options.Value.Watch, time, stoppingToken));
            if (_changed.IsCompletedSuccessfully)
                _changed = null;
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await LookAsync(cancel);
            outages.Resumed(Work);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            if (!outages.Holds(error, Work))
                LogFailed(error);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<List<(Direction Direction, string Digest)>> ChampionsAsync(CancellationToken cancel)
    {
        var names = modalities.Directions.ToDictionary(direction => direction.Name);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var champions = await db.Models.Where(m => m.State == ModelState.Champion).Select(m => new { m.Direction, m.Digest })
            .ToListAsync(cancel);
        return [.. champions.Where(m => names.ContainsKey(m.Direction)).Select(m => (names[m.Direction], m.Digest))];
    }

    private async Task ImportAsync(Direction direction, CancellationToken cancel)
    {
        try
        {
            await shipped.ImportAsync(direction, cancel);
            _imported.Add(direction);
        }
        catch (ModelException e)
        {
            _refused[(direction, Shipped)] = time.GetUtcNow();
            if (models.Facts(direction) is null)
                Refuse(direction, e.Message);
        }
    }

    private async Task ChangeAsync(Direction direction, string digest, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var trace = await db.TraceOfAsync(digest, cancel);
        await Task.Run(() => Change(direction, digest, trace), cancel);
    }

    private void Change(Direction direction, string digest, string? trace)
    {
        using var span = TrainingTrace.Start("swap", trace)?.SetTag("model", digest);
        try
        {
            var start = time.GetTimestamp();
            models.Put(loader.Load(digest, direction));
            metrics.Changed(direction);
            var seconds = time.GetElapsedTime(start).TotalSeconds;
            LogChanged(direction.Name, digest, seconds);
        }
        catch (ModelException e)
        {
            span.EndsBy(e);
            _refused[(direction, digest)] = time.GetUtcNow();
            Refuse(direction, e.Message);
        }
    }

    private void Refuse(Direction direction, string why)
    {
        var goesOn = models.Facts(direction) is { } before
            ? $" {before.Name} {before.Version} ({before.Digest[..12]}) goes on in its place." : "";
        if (models.Refuse(direction, $"{direction}: {why}{goesOn}"))
            LogRefused(direction.Name, why);
    }

    private bool IsDue(Direction direction, string digest) =>
        !_refused.TryGetValue((direction, digest), out var last) || time.GetUtcNow() - last >= Again;

    [LoggerMessage(
        EventId = 2012, Level = LogLevel.Information,
        Message = "{Direction} is translated by model {Digest} from now on; it was loaded in {Seconds:0.0} s")]
    private partial void LogChanged(string direction, string digest, double seconds);

    [LoggerMessage(
        EventId = 2013, Level = LogLevel.Error, Message = "{Direction}: the champion cannot be used, and what is in memory goes on: {Why}")]
    private partial void LogRefused(string direction, string why);

    [LoggerMessage(EventId = 2014, Level = LogLevel.Error, Message = "The registry of models could not be read; trying again")]
    private partial void LogFailed(Exception error);
}
