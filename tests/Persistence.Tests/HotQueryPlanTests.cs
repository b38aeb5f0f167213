using System.Data.Common;
using Gateway.Contracts;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gateway.Persistence.Tests;

/// <summary>What a start, and every second after it, asks of the outbox: by an index, however long history is.</summary>
public sealed class HotQueryPlanTests
{
    private const int Rows = 20_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task No_start_and_no_dispatcher_reads_the_history_of_the_outbox(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await FillAsync(database);
        var plans = new Plans(provider);
        await using var db = plans.Open(database);

        await db.PublishAgainAsync([typeof(TranslateSeries).FullName!], Cancel);
        await db.PublishLostAsync([typeof(TranslateSeries).FullName!], TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(10), Cancel);
        await using (var batch = await OutboxBatch.TakeAsync(db, TimeProvider.System.GetUtcNow(), 64, Cancel))
            Assert.Empty(batch.Rows);

        Assert.True(plans.Seen.Count >= 3);
        Assert.All(plans.Seen, plan => Assert.DoesNotMatch(@"(?m)^SCAN (o|i|outbox|inbox)$|Seq Scan on (outbox|inbox)", plan));
    }

    private static async Task FillAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var at = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Rows; i++)
        {
            var row = db.Enqueue(new TranslateSeries { SeriesId = Guid.Empty, Revision = i }, TimeProvider.System);
            (row.SentAt, row.DoneAt) = (at, at.AddMilliseconds(i));
            db.Inbox.Add(new() { MessageId = row.Id, Consumer = "translate-series", DoneAt = at });
        }
        await db.SaveChangesAsync(Cancel);
        await db.Database.ExecuteSqlRawAsync("ANALYZE", Cancel);
    }

    private sealed class Plans(DatabaseProvider provider) : DbCommandInterceptor
    {
        public List<string> Seen { get; } = [];

        public GatewayDbContext Open(TestDatabase database) => provider == DatabaseProvider.Postgres
            ? new PostgresGatewayDbContext(
                new DbContextOptionsBuilder<PostgresGatewayDbContext>().UseNpgsql(database.Options.ConnectionString)
                    .AddInterceptors(this).Options)
            : new SqliteGatewayDbContext(
                new DbContextOptionsBuilder<SqliteGatewayDbContext>().UseSqlite(database.Options.ConnectionString)
                    .AddInterceptors(this).Options);

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            await NoteAsync(command, cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await NoteAsync(command, cancellationToken);
            return result;
        }

        private async Task NoteAsync(DbCommand command, CancellationToken cancel)
        {
            var asked = command.CommandText;
            command.CommandText = (provider == DatabaseProvider.Postgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + asked;
            var lines = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync(cancel))
                while (await reader.ReadAsync(cancel))
                    lines.Add(reader.GetString(provider == DatabaseProvider.Postgres ? 0 : 3));
            command.CommandText = asked;
            Seen.Add(string.Join('\n', lines));
        }
    }
}
