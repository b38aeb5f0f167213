using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Testing;

/// <summary>What the bus does after a handler returned, for tests that call handlers themselves.</summary>
public static class HandledExtensions
{
    /// <summary>Saves what the handler added, and commits the transaction it may have begun.</summary>
    public static async Task SaveHandledAsync(this GatewayDbContext db, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        if (db.Database.CurrentTransaction is { } transaction)
            await transaction.CommitAsync(cancel);
    }
}
