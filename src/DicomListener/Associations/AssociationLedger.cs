using System.Collections.Concurrent;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>The rows of the associations that this process serves: opened, renewed while open, and closed with their counts.</summary>
internal sealed partial class AssociationLedger(
    IDbContextFactory<GatewayDbContext> databases, TimeProvider time, ILogger<AssociationLedger> logger) : BackgroundService
{
    /// <summary>How often an open association's row is renewed.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    /// <summary>Age after which a row that is still open has lost its listener.</summary>
    public static readonly TimeSpan Dead = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<Guid, bool> _open = [];

    /// <returns>The association's id.</returns>
    public async Task<Guid> OpenAsync(AssociationRequest request, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
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
        _open[id] = true;
        return id;
    }

    /// <summary>Closes the row. If the database is away, another listener closes it when it is older than <see cref="Dead"/>.</summary>
    public async Task CloseAsync(Guid id, AssociationEnd end, int announced, int stored)
    {
        _open.TryRemove(id, out _);
        try
        {
            var now = time.GetUtcNow();
            var outcome = end == AssociationEnd.Released ? AssociationOutcome.Released : AssociationOutcome.Aborted;
            await using var db = await databases.CreateDbContextAsync();
            await db.Associations.Where(row => row.Id == id).ExecuteUpdateAsync(row => row
                .SetProperty(x => x.Outcome, outcome)
                .SetProperty(x => x.ClosedAt, now)
                .SetProperty(x => x.SeenAt, now)
                .SetProperty(x => x.Announced, announced)
                .SetProperty(x => x.Stored, stored)
                .SetProperty(x => x.Failed, announced - stored));
        }
        catch (Exception error)
        {
            LogNotClosed(error);
        }
    }

    /// <summary>Renews the rows of this process, and closes those whose listener died.</summary>
    public async Task BeatAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (mine, dead) = (_open.Keys.ToList(), now - Dead);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Associations.Where(row => mine.Contains(row.Id)).ExecuteUpdateAsync(row => row.SetProperty(x => x.SeenAt, now), cancel);
        var orphans = await AbortAsync(db.Associations.Where(row => row.SeenAt < dead), now, cancel);
        if (orphans > 0)
            LogOrphans(orphans);
    }

    /// <summary>The embedded database has only one process, so rows that are open at its start belong to a process that died.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (db.Database.IsSqlite())
                await AbortAsync(db.Associations, time.GetUtcNow(), cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await BeatAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogNoBeat(error);
            }
        }
    }

    private static Task<int> AbortAsync(IQueryable<Association> rows, DateTimeOffset now, CancellationToken cancel) =>
        rows.Where(row => row.Outcome == AssociationOutcome.Open).ExecuteUpdateAsync(
            row => row.SetProperty(x => x.Outcome, AssociationOutcome.Aborted).SetProperty(x => x.ClosedAt, now), cancel);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "The end of an association could not be written down")]
    private partial void LogNotClosed(Exception error);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Warning, Message = "{Count} associations of a listener that died count as aborted")]
    private partial void LogOrphans(int count);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Error, Message = "Open associations could not be renewed")]
    private partial void LogNoBeat(Exception error);
}
