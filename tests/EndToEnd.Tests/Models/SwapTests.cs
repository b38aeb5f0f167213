using System.Globalization;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests.Models;

/// <summary>Activation and roll back while studies flow through three translators, one of which is killed meanwhile.</summary>
public sealed class SwapTests : IDisposable
{
    /// <summary><c>SWAP_STUDIES=200</c> for the long run.</summary>
    private static readonly int Studies = int.Parse(
        Environment.GetEnvironmentVariable("SWAP_STUDIES") ?? "12", CultureInfo.InvariantCulture);

    /// <summary>Of a CT, outside the head.</summary>
    private const short Air = -1000;

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Studies_that_flow_through_a_swap_are_each_made_once_by_one_model_that_they_name()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        await using var fleet = await TranslatorFleet.StartAsync(
            database, _folder.Combine("data"), new() { ["Translation__Slices"] = "All" });
        var (same, negative) =
            (await fleet.AddAsync(TinyModel.Bytes("t2-ct"), "t2-ct"), await fleet.AddAsync(TinyModel.Bytes("t2-ct", "2", "Neg"), "t2-ct"));
        await fleet.ActivateAsync(await fleet.AddAsync(TinyModel.Bytes("ct-t2"), "ct-t2"));
        await fleet.ActivateAsync(same);
        await fleet.FollowedAsync(same);

        var sending = SendAsync(fleet.Listener);
        await TranslatedAsync(database, Studies / 4);
        await fleet.ActivateAsync(negative);
        var followed = fleet.FollowedAsync(negative, but: fleet.All[2]);
        await fleet.All[2].KillAsync();
        Tell("activation", await followed);
        await fleet.All[2].StartAsync();
        Tell("a translator that was killed in it", await fleet.FollowedAsync(negative));
        await TranslatedAsync(database, Studies * 3 / 4);
        await fleet.RollBackAsync();
        Tell("roll back", await fleet.FollowedAsync(same));
        await sending;
        await TranslatedAsync(database, Studies);
        await fleet.OneEachAsync();

        var made = await MadeAsync(database);
        await using var db = database.Open();
        var held = await db.Series.CountAsync(s => s.State == SeriesState.Held, Cancel);
        Assert.Equal(Studies - held, made.Select(one => one.DerivedFromSeriesId).Distinct().Count());
        Assert.Equal(Studies - held, made.Count);
        var byModel = made.CountBy(one => one.ModelDigest!).ToDictionary();
        Assert.Equal(new[] { same, negative }.Order(), byModel.Keys.Order());
        var sources = await db.Instances.Where(i => i.Series.Origin == SeriesOrigin.Received)
            .ToDictionaryAsync(i => i.SopInstanceUid, i => i.Sha256, Cancel);
        Assert.All(made, one => Assert.All(Signs(one, sources), sign => Assert.Equal(one.ModelDigest == same ? 1 : -1, sign)));
        Assert.False(await db.Failures.AnyAsync(Cancel));
        Tell($"{byModel[same]} by the one and {byModel[negative]} by the other of {Studies} studies, {held} held");
    }

    private async Task SendAsync(GatewayProcess listener)
    {
        for (var number = 0; number < Studies; number++)
        {
            var folder = _folder.Combine($"study{number}");
            await Task.Run(() => Scanner.Write(folder, PhantomKind.T2, seed: 7000 + (ulong)number), Cancel);
            (await listener.StorescuAsync(folder)).Succeeded();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task TranslatedAsync(TestDatabase database, int count) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = database.Open();
            var seen = await db.Series.AsNoTracking().Where(s => s.Origin == SeriesOrigin.Received).ToListAsync(Cancel);
            var stuck = seen.Find(s => s.State is SeriesState.Ineligible or SeriesState.Failed);
            Assert.True(stuck is null, $"{stuck?.State}: {string.Join(", ", stuck?.Reasons.Select(r => r.Text) ?? [])}");
            return seen.Count(s => s.State is SeriesState.Translated or SeriesState.Held) >= count;    // the gates rightly hold a few heads
        },
        $"{count} studies are translated",
        TimeSpan.FromMinutes(30));

    private static async Task<List<Series>> MadeAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Series.AsNoTracking().Include(s => s.Instances).Where(s => s.Origin == SeriesOrigin.Derived).ToListAsync(Cancel);
    }

    /// <summary>Of each slice with a head: whether it goes with its source (1) or against it (-1).</summary>
    private List<int> Signs(Series made, Dictionary<string, string> sources)
    {
        var signs = made.Instances.ConvertAll(instance =>
        {
            var derived = Read(instance.Sha256);
            var source = Read(
                sources[derived.GetSequence(DicomTag.SourceImageSequence).First().GetString(DicomTag.ReferencedSOPInstanceUID)]);
            var head = derived.GetValues<short>(DicomTag.PixelData).Zip(source.GetValues<ushort>(DicomTag.PixelData))
                .Where(pair => pair.First > Air).ToList();
            return head.Count < 2000 ? 0 : Math.Sign(Covariance(head));
        });
        Assert.NotEqual(0, signs.Max(Math.Abs));
        return signs.FindAll(sign => sign != 0);
    }

    private DicomDataset Read(string sha256)
    {
        using var stream = new FolderObjectStore(new DataDirectory(_folder.Combine("data"))).OpenRead(sha256);
        return DicomFile.Open(stream).Dataset;
    }

    private static double Covariance(List<(short Made, ushort Given)> pairs)
    {
        var (x, y) = (pairs.Average(p => (double)p.Made), pairs.Average(p => (double)p.Given));
        return pairs.Sum(p => (p.Made - x) * (p.Given - y));
    }

    private static void Tell(string what, TimeSpan? after = null) =>
        TestContext.Current.SendDiagnosticMessage(
            after is { } time ? $"{what}: followed by the last translator after {time.TotalSeconds:0.0} s" : what);
}
