using System.Collections.Concurrent;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>The rows of the associations that this process serves: opened, renewed while open, and closed with their counts.</summary>
internal sealed partial class AssociationLedger(
    IDbContextFactory<GatewayDbContext> databases, DatabasePatience patience, Outages outages, TimeProvider time,
    ILogger<AssociationLedger> logger)
        : BackgroundService
{
    private const string Work = "the rows of associations";

    /// <summary>How often an open association's row is renewed.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>A row that is open and was not renewed for so long, by the clock of whoever looks, has lost its listener.</summary>
    public static readonly TimeSpan Dead = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, bool> _open = [];
    private DateTimeOffset _lookedAt;
    private FileStream? _alone;
    private Dictionary<Guid, (DateTimeOffset SeenAt, DateTimeOffset Since)> _others = [];

    /// <returns>The association's id.</returns>
    /// <exception cref="DatabaseHangsException">The database does not answer. A row that it writes after that counts as a dead listener's.
    /// </exception>
    public async Task<Guid> OpenAsync(AssociationRequest request, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await patience.WaitAsync(async () =>
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            db.Associations.Add(new()
            {
                Id = id,
                CallingAe = request.CallingAe.Value,
                CalledAe = request.CalledAe.Value,
                RemoteAddress = $"{request.Remote}",
                TlsSubject = request.TlsSubject,
                OpenedAt = now,
                SeenAt = now,
                Outcome = AssociationOutcome.Open,
            });
            await db.SaveChangesAsync(cancel);
        });
        _open[id] = true;
        return id;
    }

    /// <summary>Closes the row. If the database is away, a listener closes it when it was not renewed for <see cref="Dead"/>.</summary>
    public async Task CloseAsync(Guid id, AssociationEnd end, TimeSpan silence, int announced, int stored)
    {
        _open.TryRemove(id, out _);
        try
        {
            var outcome = end == AssociationEnd.Released ? AssociationOutcome.Released : AssociationOutcome.Aborted;
            await patience.WaitAsync(() => WriteEndAsync(id, outcome, silence, announced, stored));
        }
        catch (Exception error)
        {
            if (!outages.Holds(error, Work))
                LogNotClosed(error);
        }
    }

    private async Task WriteEndAsync(Guid id, AssociationOutcome outcome, TimeSpan silence, int announced, int stored)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await DueStudies.BringForwardAsync(db, [id], now, CancellationToken.None);
        await db.Associations.Where(row => row.Id == id).ExecuteUpdateAsync(row => row
            .SetProperty(x => x.Outcome, outcome)
            .SetProperty(x => x.ClosedAt, now)
            .SetProperty(x => x.SeenAt, now - silence)
            .SetProperty(x => x.Announced, announced)
            .SetProperty(x => x.Stored, stored)
            .SetProperty(x => x.Failed, announced - stored));
        await transaction.CommitAsync();
    }

    /// <summary>Renews the rows of this process, and closes those whose listener died.</summary>
    public async Task BeatAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var mine = _open.Keys.ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Associations.Where(row => mine.Contains(row.Id)).ExecuteUpdateAsync(row => row.SetProperty(x => x.SeenAt, now), cancel);
        var dead = await UnchangedAsync(db.Associations.Where(row => !mine.Contains(row.Id)), now, cancel);
        var orphans = dead.Count == 0 ? 0 : await AbortAsync(db, dead, now, now - Dead, cancel);
        if (orphans > 0)
            LogOrphans(orphans);
    }

    /// <summary>The open rows that nobody renewed while we looked. The clocks of two machines are not compared: they may differ by more
    /// than
    /// <see cref="Dead"/>.</summary>
    private async Task<List<Guid>> UnchangedAsync(IQueryable<Association> rows, DateTimeOffset now, CancellationToken cancel)
    {
        if (now - _lookedAt > Dead)    // nobody could write for as long as the database hung: they have to be watched anew
            _others = [];
        _lookedAt = now;
        var open = await rows.Where(row => row.Outcome == AssociationOutcome.Open).Select(row => new { row.Id, row.SeenAt })
            .ToListAsync(cancel);
        _others = open.ToDictionary(
            row => row.Id, row => _others.TryGetValue(row.Id, out var known) && known.SeenAt == row.SeenAt ? known : (row.SeenAt, now));
        return [.. _others.Where(other => now - other.Value.Since >= Dead).Select(other => other.Key)];
    }

    /// <summary>On SQLite a listener that is alone beside the database knows that what is open at its start belongs to one that died.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (db.Database.IsSqlite())
                _alone = FileLock.TryTake(Path.GetFullPath(db.Database.GetDbConnection().DataSource) + ".listener");
            if (_alone is not null)
            {
                var (now, open) = (time.GetUtcNow(), db.Associations.Where(row => row.Outcome == AssociationOutcome.Open));
                await AbortAsync(db, await open.Select(row => row.Id).ToListAsync(cancellationToken), now, now, cancellationToken);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _alone?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await BeatAsync(stoppingToken);
                outages.Resumed(Work);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!outages.Holds(error, Work))
                    LogNoBeat(error);
            }
        }
    }

    /// <param name="db">Not in a transaction.</param>
    /// <param name="dead">Associations that may be open.</param>
    /// <param name="now">When they count as ended.</param>
    /// <param name="lastHeard">From here on its sender could come back, to us or to another replica.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    private static async Task<int> AbortAsync(
        GatewayDbContext db, IReadOnlyCollection<Guid> dead, DateTimeOffset now, DateTimeOffset lastHeard, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await DueStudies.BringForwardAsync(db, dead, now, cancel);
        var open = db.Associations.Where(row => dead.Contains(row.Id) && row.Outcome == AssociationOutcome.Open);
        var aborted = await open.ExecuteUpdateAsync(
            row => row.SetProperty(x => x.Outcome, AssociationOutcome.Aborted).SetProperty(x => x.ClosedAt, now)
                .SetProperty(x => x.SeenAt, lastHeard), cancel);
        await transaction.CommitAsync(cancel);
        return aborted;
    }

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "The end of an association could not be written down")]
    private partial void LogNotClosed(Exception error);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Warning, Message = "{Count} associations of a listener that died count as aborted")]
    private partial void LogOrphans(int count);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Error, Message = "Open associations could not be renewed")]
    private partial void LogNoBeat(Exception error);
}
