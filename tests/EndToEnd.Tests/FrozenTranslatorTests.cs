using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests;

/// <summary>A translator that freezes in the middle of its work, and wakes when another has done it.</summary>
public sealed class FrozenTranslatorTests : IDisposable
{
    /// <summary>Three heartbeats and a translation; without heartbeats of ours it takes three minutes.</summary>
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(120);

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_work_is_taken_over_and_its_own_late_result_leaves_nothing_behind()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        var settings = await Servers.SettingsAsync("RabbitMQ and PostgreSQL");
        settings["Database__ConnectionString"] = database.Options.ConnectionString!;
        settings["Translation__Slices"] = "All";
        await using var listener = await GatewayProcess.StartAsync(_folder.Combine("data"), settings, "listener");
        await using var first = await GatewayProcess.StartAsync(_folder.Combine("data"), settings, "translator");
        await SendAsync(listener, seed: 3);
        await StateAsync(database, SeriesState.Translating);
        await first.SignalAsync("STOP");

        await using (var second = await GatewayProcess.StartAsync(_folder.Combine("data"), settings, "translator"))
        {
            await StateAsync(database, SeriesState.Translated);
            Assert.Equal(0, await second.StopAsync());
        }
        var before = await RowsAsync(database);
        await first.SignalAsync("CONT");
        await SendAsync(listener, seed: 4);    // one at a time: once this is translated, the first is over
        await StateAsync(database, SeriesState.Translated, series: 2);

        var after = await RowsAsync(database);
        Assert.Equal(before, after.Intersect(before));
        Assert.Equal(2, after.Count(row => row.StartsWith("Derived", StringComparison.Ordinal)));
        await using var db = database.Open();
        Assert.Empty(await db.Failures.ToListAsync(Cancel));
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in NamedObjects.Columns)
            named.UnionWith(await column(db).ToListAsync(Cancel));
        var stored = Directory.GetFiles(_folder.Combine("data", "objects"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file));
        Assert.Equal(named.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    private async Task SendAsync(GatewayProcess listener, ulong seed)
    {
        Scanner.Write(_folder.Combine($"t2-{seed}"), PhantomKind.T2, seed);
        (await listener.StorescuAsync(_folder.Combine($"t2-{seed}"))).Succeeded();
    }

    private static Task StateAsync(TestDatabase database, SeriesState state, int series = 1) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = database.Open();
            return await db.Series.CountAsync(s => s.Origin == SeriesOrigin.Received && s.State == state, Cancel) == series;
        },
        $"{series} series are {state}",
        TakeOver);

    /// <summary>One line for each series and each of its objects.</summary>
    private static async Task<List<string>> RowsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var series = await db.Series.Include(s => s.Instances).Include(s => s.Pictures).OrderBy(s => s.Id).ToListAsync(Cancel);
        IEnumerable<string> lines =
        [
            .. series.Select(s => $"{s.Origin} {s.Id} {s.State} {s.Revision}"),
            .. series.SelectMany(s => s.Instances).Select(i => $"instance {i.Id} {i.Sha256}"),
            .. series.SelectMany(s => s.Pictures).Select(p => $"picture {p.Id} {p.Sha256}"),
        ];
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
