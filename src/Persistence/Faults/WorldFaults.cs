using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Persistence;

/// <summary>Tells a fault of the world, which passes or is mended by an operator, from one that a message would meet again every time. Only
/// the latter is a reason to give up on a message.</summary>
public static class WorldFaults
{
    private const string Database = "database";
    private const string Disk = "disk";
    private const string Network = "network";

    /// <summary>Result codes of SQLite (sqlite.org/rescode.html): BUSY, LOCKED, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN,
    /// PROTOCOL, NOTADB.</summary>
    private static readonly HashSet<int> SqliteCodes = [5, 6, 8, 9, 10, 11, 13, 14, 15, 26];

    /// <summary>Classes of SQLSTATE (PostgreSQL, Appendix A): connection, authorization, no such database, transaction rollback,
    /// insufficient resources, object not in a state for it, operator intervention, system error; and 25006, a standby that takes no
    /// writes.</summary>
    private static readonly HashSet<string> SqlStateClasses = ["08", "28", "3D", "40", "53", "55", "57", "58"];

    /// <summary>errno of Linux, which .NET keeps as the HResult of an IOException: EIO, ENXIO, EAGAIN, EBUSY, ENODEV, ENFILE, EMFILE,
    /// ENOSPC, EROFS, ENOTCONN, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ESTALE, EREMOTEIO, EDQUOT.</summary>
    private static readonly HashSet<int> DiskErrors = [5, 6, 11, 16, 19, 23, 24, 28, 30, 107, 110, 112, 113, 116, 121, 122];

    /// <returns>What is away, in a word; null: the fault is the message's own, as far as anybody can tell. Memory that ran out is: it is
    /// what the message's size asks for.</returns>
    public static string? DependencyOf(Exception exception) => exception is AggregateException { InnerExceptions: var all }
        ? all.Select(DependencyOf).FirstOrDefault(dependency => dependency is not null)
        : OfOne(exception) ?? (exception.InnerException is { } inner ? DependencyOf(inner) : null);

    /// <summary>The table of docs/operations.md, "Whose fault it is".</summary>
    public static FaultClass ClassOf(Exception exception) =>
        IsContention(exception) ? FaultClass.Nobodys : DependencyOf(exception) is null ? FaultClass.Ours : FaultClass.Theirs;

    private static bool IsContention(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException update when update.IsUniqueViolation() => true,
        PostgresException { SqlState: ['4', '0', ..] } => true,
        SqliteException { SqliteErrorCode: 5 or 6 } => true,
        { InnerException: { } inner } => IsContention(inner),
        _ => false,
    };

    private static string? OfOne(Exception exception) => exception switch
    {
        IDependencyFault fault => fault.Dependency,
        DbUpdateConcurrencyException => Database,    // another one was faster: the next try sees what that one wrote
        PostgresException postgres => SqlStateClasses.Contains(postgres.SqlState[..2]) || postgres.SqlState == "25006" ? Database : null,
        NpgsqlException => Database,
        SqliteException sqlite => SqliteCodes.Contains(sqlite.SqliteErrorCode) ? Database : null,
        UnauthorizedAccessException or DirectoryNotFoundException => Disk,    // our folders were made at the start
        IOException io => DiskErrors.Contains(io.HResult) ? Disk : null,
        SocketException or HttpRequestException or TimeoutException or OperationCanceledException => Network,
        _ => null,
    };
}
