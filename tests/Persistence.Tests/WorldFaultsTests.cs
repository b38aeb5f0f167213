using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Persistence.Tests;

/// <summary>Whose fault an exception is.</summary>
public sealed class WorldFaultsTests
{
    [Theory]
    [InlineData(5, "database"), InlineData(6, "database"), InlineData(10, "database"), InlineData(13, "database"), InlineData(
        14, "database")]
    [InlineData(19, null), InlineData(1, null)]
    public void A_code_of_SQLite(int code, string? dependency) =>
        Assert.Equal(dependency, WorldFaults.DependencyOf(new DbUpdateException("", new SqliteException("", code))));

    [Theory]
    [InlineData("08006", "database"), InlineData("40001", "database"), InlineData("40P01", "database"), InlineData("53100", "database")]
    [InlineData("53300", "database"), InlineData("57P01", "database"), InlineData("57P03", "database"), InlineData("25006", "database"),
        InlineData("28P01", "database")]
    [InlineData("23505", null), InlineData("22001", null), InlineData("42P01", null)]
    public void A_state_of_PostgreSQL(string state, string? dependency) =>
        Assert.Equal(
            dependency, WorldFaults.DependencyOf(
                new InvalidOperationException("", new DbUpdateException("", new PostgresException("", "ERROR", "ERROR", state)))));

    [Fact]
    public void A_full_disk_as_the_system_says_it()
    {
        var full = Assert.Throws<IOException>(() =>
        {
            using var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write([1]);
        });

        Assert.Equal("disk", WorldFaults.DependencyOf(full));
    }

    [Fact]
    public void What_is_away_and_what_a_message_brings_itself()
    {
        Assert.Equal("database", WorldFaults.DependencyOf(new NpgsqlException("", new SocketException(111))));
        Assert.Equal("database", WorldFaults.DependencyOf(new DbUpdateConcurrencyException()));
        Assert.Equal("network", WorldFaults.DependencyOf(new AggregateException(new InvalidOperationException(), new TimeoutException())));
        Assert.Equal("network", WorldFaults.DependencyOf(new TaskCanceledException()));
        Assert.Equal("disk", WorldFaults.DependencyOf(new UnauthorizedAccessException()));
        Assert.Equal("disk", WorldFaults.DependencyOf(new DirectoryNotFoundException()));
        Assert.Equal("objects", WorldFaults.DependencyOf(new ObjectStoreAwayException("")));
        foreach (var own in (Exception[])[
            new IOException("/spool/DOE^JANE"), new FileNotFoundException(), new EndOfStreamException(), new InvalidOperationException(),
            new FormatException()])
            Assert.Null(WorldFaults.DependencyOf(own));
    }
}
