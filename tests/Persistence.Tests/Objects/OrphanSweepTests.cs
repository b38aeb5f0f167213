using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>Objects that no row names go; one that somebody relies on never does, whenever that was.</summary>
public sealed class OrphanSweepTests
{
    private const int Rounds = 40;
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task An_old_object_that_no_row_names_is_deleted_and_every_other_stays(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        IObjectStore store = new FolderObjectStore(database.Data);
        var (orphan, young, image, picture) = (
            await store.PutAsync([1], Cancel), await store.PutAsync([2], Cancel), await store.PutAsync([3], Cancel),
            await store.PutAsync([4], Cancel));
        var sample = await store.PutAsync([5], Cancel);
        await NameAsync(database, image);
        await using (var db = database.Open())
        {
            var series = (await db.Series.SingleAsync(Cancel)).Id;
            db.Pictures.Add(new() { Id = Rows.NewId(), SeriesId = series, Kind = PictureKind.Sheet, Sha256 = picture });
            db.ArchiveSamples.Add(Rows.Sample(series, sample, "subject"));
            await db.SaveChangesAsync(Cancel);
        }
        var foreign = Path.Combine(database.Data.Objects, "aa", ".nfs0001");
        await File.WriteAllBytesAsync(foreign, [], Cancel);
        foreach (var file in (string[])[
            ObjectFile.Of(database.Data, orphan), ObjectFile.Of(database.Data, image), ObjectFile.Of(database.Data, picture),
            ObjectFile.Of(database.Data, sample), foreign])
            MakeOld(file);

        Assert.Equal(1, await Sweep(database).SweepAsync(Age, Cancel));

        Assert.False(await store.ExistsAsync(orphan, Cancel));
        foreach (var kept in (string[])[young, image, picture, sample])
            Assert.True(await store.ExistsAsync(kept, Cancel));
        Assert.True(File.Exists(foreign));
        Assert.Empty(Directory.GetFiles(database.Data.Trash));
    }

    /// <summary>The writer comes after the rows were read and before the object is looked at.</summary>
    [Theory, EachDatabase]
    public async Task An_object_that_is_stored_again_behind_the_back_of_the_sweep_is_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        IObjectStore store = new FolderObjectStore(database.Data);
        var sha256 = await store.PutAsync([1], Cancel);
        MakeOld(ObjectFile.Of(database.Data, sha256));
        var hooked = new Hooked(database.Contexts, sha256[0], async () =>
        {
            await store.PutAsync([1], Cancel);
            await NameAsync(database, sha256);
        });

        Assert.Equal(0, await new OrphanSweep(hooked, database.Data, TimeProvider.System).SweepAsync(Age, Cancel));

        Assert.True(await store.ExistsAsync(sha256, Cancel));
    }

    [Fact]
    public async Task However_a_writer_and_a_sweep_meet_what_a_row_names_is_there()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        IObjectStore store = new FolderObjectStore(database.Data);
        var (sweep, random) = (Sweep(database), new Random(14));
        var kept = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var content = BitConverter.GetBytes(round);
            var sha256 = await store.PutAsync(content, Cancel);
            MakeOld(ObjectFile.Of(database.Data, sha256));
            using var start = new Barrier(2);
            var (writerWaits, sweepWaits) = (random.Next(3_000_000), random.Next(100_000));
            var sweeping = Task.Run(
                async () =>
                {
                    start.SignalAndWait(Cancel);
                    Thread.SpinWait(sweepWaits);
                    return await sweep.SweepAsync(Age, Cancel);
                },
                Cancel);
            start.SignalAndWait(Cancel);
            Thread.SpinWait(writerWaits);
            Assert.Equal(sha256, await store.PutAsync(content, Cancel));
            kept += 1 - await sweeping;

            Assert.True(await store.ExistsAsync(sha256, Cancel), $"round {round}");
            Assert.Empty(Directory.GetFiles(database.Data.Trash));
        }

        Assert.InRange(kept, 0, Rounds);
    }

    [Fact]
    public async Task What_a_killed_sweep_left_aside_is_put_back_or_deleted()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        IObjectStore store = new FolderObjectStore(database.Data);
        var (named, orphan, storedAgain) =
            (await store.PutAsync([1], Cancel), await store.PutAsync([2], Cancel), await store.PutAsync([3], Cancel));
        await NameAsync(database, named);
        foreach (var sha256 in (string[])[named, orphan, storedAgain])
        {
            MakeOld(ObjectFile.Of(database.Data, sha256));
            File.Move(ObjectFile.Of(database.Data, sha256), Path.Combine(database.Data.Trash, sha256));
        }
        await store.PutAsync([3], Cancel);

        Assert.Equal(1, await Sweep(database).SweepAsync(Age, Cancel));

        Assert.True(await store.ExistsAsync(named, Cancel));
        Assert.False(await store.ExistsAsync(orphan, Cancel));
        Assert.True(await store.ExistsAsync(storedAgain, Cancel));
        Assert.Empty(Directory.GetFiles(database.Data.Trash));
    }

    private static OrphanSweep Sweep(TestDatabase database) => new(database.Contexts, database.Data, TimeProvider.System);

    private static void MakeOld(string file) =>
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime - Age - TimeSpan.FromMinutes(1));

    private static async Task NameAsync(TestDatabase database, string sha256)
    {
        await using var db = database.Open();
        var study = Rows.Study($"1.2.{Rows.NewId():N}");
        study.Series[0].Instances.Add(Rows.Instance(study.Series[0].Id, "1.2.3", sha256));
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
    }

    /// <summary>Does something when the instances whose digests begin with a digit were read, before the pictures are.</summary>
    private sealed class Hooked(IDbContextFactory<GatewayDbContext> inner, char digit, Func<Task> between)
        : IDbContextFactory<GatewayDbContext>
    {
        private int _created;

        public GatewayDbContext CreateDbContext() => inner.CreateDbContext();

        public async Task<GatewayDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            if (++_created == 2 + (NamedObjects.Columns.Count * Convert.ToInt32($"{digit}", 16)))
                await between();
            return await inner.CreateDbContextAsync(cancellationToken);
        }
    }
}
