using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests;

/// <summary>Three listener processes on one PostgreSQL and one shared folder, as Kubernetes runs them.</summary>
public sealed class ReplicaTests : IDisposable
{
    private const int Replicas = 3;
    private const int Late = 2;
    private const int Repeats = 20;

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_interleaved_over_three_listeners_is_announced_once_and_once_more_for_its_late_slices()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        var listeners = await StartAsync(database);
        var source = _folder.Combine("study");
        Scanner.Write(source, PhantomKind.T2, seed: 5);
        var slices = Directory.GetFiles(source, "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        try
        {
            var inTime = slices[..^Late].Select((slice, i) => (slice, i % Replicas)).GroupBy(pair => pair.Item2, pair => pair.slice);
            var repeats = Enumerable.Range(0, Repeats).Select(i => SendAsync(listeners[i % Replicas], [slices[0]]));
            await Task.WhenAll([.. inTime.Select(part => SendAsync(listeners[part.Key], [.. part])), .. repeats]);
            await RevisionAsync(database, 1);
            await Task.WhenAll(slices[^Late..].Select((slice, i) => SendAsync(listeners[i * 2], [slice])));
            await RevisionAsync(database, 2);
        }
        finally
        {
            foreach (var listener in listeners)
                await listener.DisposeAsync();
        }

        await using var db = database.Open();
        var announced = await db.Outbox.Where(m => m.Type == "Gateway.Contracts.StudyReceived").OrderBy(m => m.CreatedAt)
            .Select(m => m.Body).ToListAsync(Cancel);
        Assert.Collection(
            announced,
            first => Assert.Contains("\"revision\":1", first, StringComparison.Ordinal),
            second => Assert.Contains("\"revision\":2", second, StringComparison.Ordinal));
        Assert.Equal(slices.Length, await db.Instances.CountAsync(Cancel));
        Assert.False(await db.Instances.AnyAsync(i => i.Conflict, Cancel));
        Assert.Equal(slices.Length + Repeats, await db.Associations.SumAsync(a => a.Stored, Cancel));
        Assert.Equal(
            slices.Length, Directory.GetFiles(Path.Combine(_folder.Path, "data", "objects"), "*", SearchOption.AllDirectories).Length);
    }

    private async Task<GatewayProcess[]> StartAsync(TestDatabase database)
    {
        var settings = await Servers.SettingsAsync("RabbitMQ and PostgreSQL");
        settings["Database__ConnectionString"] = database.Options.ConnectionString!;
        settings["Dicom__Completion__ReleasedQuiet"] = "00:00:08";    // twenty-three senders share two cores
        return await Task.WhenAll(
            Enumerable.Range(0, Replicas).Select(_ => GatewayProcess.StartAsync(_folder.Combine("data"), settings, "listener")));
    }

    private static async Task SendAsync(GatewayProcess listener, string[] files) => (await listener.StorescuAsync(files)).Succeeded();

    private static Task RevisionAsync(TestDatabase database, int revision) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = database.Open();
            return await db.Studies.AnyAsync(s => s.Revision == revision && s.State == StudyState.Received, Cancel);
        },
        $"revision {revision} is complete",
        TimeSpan.FromMinutes(2));
}
