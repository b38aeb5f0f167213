using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>The one clock that processes on several machines may compare their times by.</summary>
public static class DatabaseClock
{
    /// <summary>What PostgreSQL says. SQLite serves one machine, whose clock is <paramref name="time"/>.</summary>
    public static async Task<DateTimeOffset> NowAsync(this GatewayDbContext db, TimeProvider time, CancellationToken cancel) =>
        db.Database.IsNpgsql()
            ? await db.Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancel) : time.GetUtcNow();
}
