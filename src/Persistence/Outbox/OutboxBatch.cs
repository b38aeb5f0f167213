using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.Persistence;

/// <summary>
/// Due outbox rows that nobody else is sending now. PostgreSQL locks the rows and other dispatchers skip them. SQLite would lock the whole
/// database, which must stay writable while a broker is slow, so there one dispatcher at a time holds a file beside it.
/// Both locks end with their holder, so a killed dispatcher's rows are free at once.
/// </summary>
public sealed class OutboxBatch : IAsyncDisposable
{
    private readonly GatewayDbContext _db;
    private readonly IAsyncDisposable? _lock;

    private OutboxBatch(GatewayDbContext db, IAsyncDisposable? held, IReadOnlyList<OutboxMessage> rows) =>
        (_db, _lock, Rows) = (db, held, rows);

    /// <summary>Urgent ones first, then the oldest due; empty when none is due or another dispatcher has them.</summary>
    public IReadOnlyList<OutboxMessage> Rows { get; }

    /// <summary>Takes at most <paramref name="limit"/> rows due at <paramref name="now"/>.</summary>
    public static Task<OutboxBatch> TakeAsync(GatewayDbContext db, DateTimeOffset now, int limit, CancellationToken cancel) =>
        db.Database.IsNpgsql() ? TakePostgresAsync(db, now, limit, cancel) : TakeSqliteAsync(db, now, limit, cancel);

    /// <summary>Saves what was changed in the rows.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        await _db.SaveChangesAsync(cancel);
        if (_lock is IDbContextTransaction transaction)
            await transaction.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lock is not null)
            await _lock.DisposeAsync();
    }

    private static async Task<OutboxBatch> TakePostgresAsync(GatewayDbContext db, DateTimeOffset now, int limit, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            var rows = await db.Outbox.FromSql(
                $"""
                SELECT * FROM outbox WHERE sent_at IS NULL AND not_before <= {now.ToUniversalTime()}
                ORDER BY urgent DESC, not_before, id LIMIT {limit} FOR UPDATE SKIP LOCKED
                """).ToListAsync(cancel);
            return new OutboxBatch(db, transaction, rows);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    private static async Task<OutboxBatch> TakeSqliteAsync(GatewayDbContext db, DateTimeOffset now, int limit, CancellationToken cancel)
    {
        var held = FileLock.TryTake(Path.GetFullPath(db.Database.GetDbConnection().DataSource) + ".dispatch");
        if (held is null)
            return new OutboxBatch(db, null, []);
        try
        {
            var rows = await db.Outbox.Where(row => row.SentAt == null && row.NotBefore <= now)
                .OrderByDescending(row => row.Urgent).ThenBy(row => row.NotBefore).ThenBy(row => row.Id).Take(limit).ToListAsync(cancel);
            return new OutboxBatch(db, held, rows);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }
}
