using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gateway.Persistence;

/// <summary>
/// The settings of every SQLite connection. WAL mode is kept in the file, but <c>synchronous</c> and the busy timeout belong to the
/// connection. <c>synchronous</c> is FULL because NORMAL can lose committed rows at power loss in WAL mode.
/// </summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    public const int BusySeconds = 30;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Pragmas(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Pragmas(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Pragmas(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
        return command;
    }
}
