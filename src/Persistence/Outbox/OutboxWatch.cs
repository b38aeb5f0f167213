using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gateway.Persistence;

/// <summary>Sets the <see cref="OutboxSignal"/> once new outbox rows are committed: never before, and not for rows merely marked
/// sent.</summary>
internal sealed class OutboxWatch(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> _enqueued = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Look(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Look(eventData.Context!);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context!);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context!);
        return new(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData.Context!);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData.Context!);
        return Task.CompletedTask;
    }

    private void Look(DbContext db)
    {
        if (db.ChangeTracker.Entries<OutboxMessage>().Any(entry => entry.State == EntityState.Added))
            _enqueued.AddOrUpdate(db, this);
    }

    // In a transaction of the caller, rows that are saved are not yet committed.
    private void Saved(DbContext db)
    {
        if (db.Database.CurrentTransaction is null)
            Committed(db);
    }

    private void Committed(DbContext db)
    {
        if (_enqueued.Remove(db))
            signal.Set();
    }
}
