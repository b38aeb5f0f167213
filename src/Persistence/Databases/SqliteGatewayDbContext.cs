using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gateway.Persistence;

/// <summary>The embedded default: one file in WAL mode.</summary>
public sealed class SqliteGatewayDbContext(DbContextOptions<SqliteGatewayDbContext> options) : GatewayDbContext(options)
{
    protected override ValueConverter InstantConverter => new UtcTicks();

    // EF Core cannot order by DateTimeOffset on SQLite. Ticks can be ordered and compared, and lose nothing.
    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        value => value.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
