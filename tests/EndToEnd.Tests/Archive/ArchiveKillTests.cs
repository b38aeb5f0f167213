using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests;

/// <summary>A translator dies when the sample's object is in the store and its row is not.</summary>
public sealed class ArchiveKillTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task Killed_between_object_and_row_the_sample_is_there_once_after_the_next_start(string servers)
    {
        await using var stand = await ArchiveStand.StartAsync(servers, ("Bus__RetryDelay", "00:00:30"));
        await KillBetweenAsync(stand);
        var written = Assert.Single(stand.SampleObjects());
        Assert.Empty(await stand.SamplesAsync());

        await stand.Translator.StartAsync();
        await stand.IdleAsync();

        Assert.Equal(written, Assert.Single(await stand.SamplesAsync()).Sha256);
        Assert.Equal([written], stand.SampleObjects());
        Assert.Single(await stand.PreparedAsync());
    }

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task What_a_killed_translator_left_and_nobody_names_is_swept(string servers)
    {
        await using var stand = await ArchiveStand.StartAsync(
            servers, ("Bus__RetryDelay", "00:00:30"), ("Objects__OrphanAge", "01:00:00"), ("Objects__SweepEvery", "00:00:01"));
        await KillBetweenAsync(stand);
        await stand.RunAsync("archive", "erase", "--patient-id", "PHANTOM-3");    // the sample will not be written again
        var orphan = ObjectFile.Of(stand.Data, Assert.Single(stand.SampleObjects()));
        File.SetLastWriteTimeUtc(orphan, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));

        await stand.Translator.StartAsync();
        await stand.IdleAsync();

        await Eventually.TrueAsync(() => Task.FromResult(stand.SampleObjects().Count == 0), "the orphan is swept", TimeSpan.FromMinutes(2));
        Assert.Empty(await stand.SamplesAsync());
        Assert.Single(await stand.PreparedAsync());
    }

    /// <summary>The database does not take the row until the process is dead.</summary>
    private static async Task KillBetweenAsync(ArchiveStand stand)
    {
        await using var db = stand.Open();
        var postgres = db.Database.IsNpgsql();
        await using var held = postgres ? await db.Database.BeginTransactionAsync(Cancel) : null;
        await db.Database.ExecuteSqlRawAsync(
            postgres ? "LOCK TABLE archive_samples IN SHARE ROW EXCLUSIVE MODE"
                : "CREATE TRIGGER later BEFORE INSERT ON archive_samples BEGIN SELECT RAISE(ABORT, 'later'); END",
            Cancel);
        var folder = stand.Combine("study");
        Scanner.Write(folder, PhantomKind.HeadCt, seed: 3);
        (await stand.Listener.StorescuAsync(folder)).Succeeded();
        await Eventually.TrueAsync(
            () => Task.FromResult(stand.SampleObjects().Count > 0), "the sample's object is written", TimeSpan.FromMinutes(2));
        await stand.Translator.KillAsync();
        if (!postgres)
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER later", Cancel);
    }
}
