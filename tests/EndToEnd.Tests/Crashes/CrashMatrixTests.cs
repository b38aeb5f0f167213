using System.Globalization;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests.Crashes;

/// <summary>docs/reliability.md, "The crash matrix". <c>eng/bench crash</c> runs it longer.</summary>
public sealed class CrashMatrixTests : IDisposable
{
    private const ulong FirstSeed = 91_000;

    private readonly TemporaryDirectory _folder = new();
    private readonly Random _chance = new(Number("SEED", 1));
    private int _sent;
    private bool _enough;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task Wherever_a_process_dies_nothing_is_lost_and_nothing_is_doubled(string servers)
    {
        var isEmbedded = servers == "in-memory and SQLite";
        await using var database = await TestDatabase.CreateAsync(isEmbedded ? DatabaseProvider.Sqlite : DatabaseProvider.Postgres);
        await using var stand = await CrashStand.StartAsync(database, servers, _folder.Path);
        await using var fleet = await CrashFleet.StartAsync(
            stand.Data, _folder.Combine("order"), stand.Settings,
            isEmbedded ? [""] : ["listener", "listener", "translator", "translator", "portal"]);

        var senders = Enumerable.Range(0, Number("SENDERS", 2)).Select(i => Task.Run(() => SendAsync(fleet, stand, i), Cancel)).ToList();
        for (var run = 0; run < Number("RUNS", 1); run++)
        {
            foreach (var point in Enum.GetValues<CrashPoint>())
                await fleet.DieAtAsync(point, times: 1 + _chance.Next(UpTo(point)));
        }
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Number("KILLS", 0)).Select(_ => (Process: _chance.Next(60), Kill: _chance.Next(2) == 0)).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Cancel },
            async (end, _) => await fleet.EndAsync(end.Process, end.Kill));
        _enough = true;
        await Task.WhenAll(senders);

        var count = await stand.QuietAsync(_sent);
        TestContext.Current.SendDiagnosticMessage($"{servers}: {fleet.Deaths} deaths, {_sent * Slices} images acknowledged, {count}");
        Assert.Equal(_sent * Slices, count.Stored);
        Assert.Empty(count.Lost);
        Assert.Empty(count.Doubled);
        Assert.Empty(count.Wrong);
    }

    /// <summary>The images of a study and the stages of a translation pass a point more than once.</summary>
    private static int UpTo(CrashPoint point) => point switch
    {
        <= CrashPoint.AfterCommit => 20,
        CrashPoint.MidStage => 8,
        _ => 1,
    };

    private static int Slices => Number("SLICES", 24);

    private static int Number(string name, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable("CRASH_" + name) ?? $"{otherwise}", CultureInfo.InvariantCulture);

    /// <summary>Sends study after study, each until all of it was answered with Success, as long as processes die and there are not
    /// enough; and no more than a few ahead of what is done.</summary>
    private async Task SendAsync(CrashFleet fleet, CrashStand stand, int sender)
    {
        while (true)
        {
            await Eventually.TrueAsync(
                async () => _enough || _sent < await stand.DoneAsync() + Number("AHEAD", 2), "the last studies are done",
                TimeSpan.FromMinutes(30));
            var number = Interlocked.Increment(ref _sent);
            if (_enough && number > Number("STUDIES", 10))
            {
                Interlocked.Decrement(ref _sent);
                return;
            }
            var source = _folder.Combine($"study{number}");
            PhantomSeries.Write(source, new()
            {
                Kind = PhantomKind.T2,
                Seed = FirstSeed + (ulong)number,
                Size = 128,
                Spacing = 1.8,
                Slices = Slices,
                SliceSpacing = 120.0 / Slices,
            });
            var to = fleet.Listeners[sender % fleet.Listeners.Count];
            await Eventually.TrueAsync(
                async () => (await to.StorescuAsync(source)).ExitCode == 0, "all is acknowledged", TimeSpan.FromMinutes(5));
            Directory.Delete(source, recursive: true);
        }
    }
}
