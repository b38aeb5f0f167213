using System.Collections.Concurrent;
using Gateway.DicomNetwork;
using Gateway.DicomNetwork.Tests;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>C-STORE SCPs that look, at each image they are sent, whether it should have been.</summary>
internal sealed class Archives : IAsyncDisposable
{
    private readonly List<TestServer> _servers = [];

    public Chance Chance { get; set; } = new(0);

    /// <summary>Images of a revision that was no longer current.</summary>
    public ConcurrentQueue<string> Stale { get; } = [];

    /// <summary>The <c>Delivery</c> section of the configuration that names them.</summary>
    public Dictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>();
            foreach (var (server, i) in _servers.Select((server, i) => (server, i)))
            {
                var entry = $"Delivery:Destinations:{i}";
                (settings[$"{entry}:Name"], settings[$"{entry}:CalledAe"]) = ($"archive-{i}", "ARCHIVE");
                (settings[$"{entry}:Host"], settings[$"{entry}:Port"]) = ("127.0.0.1", $"{server.Port}");
            }
            return settings;
        }
    }

    public static async Task<Archives> StartAsync(TestDatabase database, int count)
    {
        var archives = new Archives();
        while (archives._servers.Count < count)
            archives._servers.Add(
                await TestServer.StartAsync(new RecordingService { Reply = received => archives.AnswerAsync(database, received) }));
        return archives;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private async ValueTask<StoreReply> AnswerAsync(TestDatabase database, ReceivedObject received)
    {
        await using var db = database.Open();
        var uid = received.Request.SopInstanceUid!.Value.Value;
        var image = await db.Instances.Include(i => i.Series).ThenInclude(s => s.Study).SingleAsync(i => i.SopInstanceUid == uid);
        var derived = image.Series;
        if (derived.Origin == SeriesOrigin.Rejection)
        {
            if (!await db.Series.AnyAsync(s => s.Id == derived.DerivedFromSeriesId && s.State == SeriesState.Superseded))
                Stale.Enqueue("rejected while it counts");
            return Answer();
        }
        var source = await db.Series.SingleAsync(s => s.Id == derived.DerivedFromSeriesId);
        if (derived.State == SeriesState.Superseded || source.State == SeriesState.Receiving || source.Revision != derived.Revision)
            Stale.Enqueue($"sent while {derived.State}, the source {source.State} at {source.Revision} after {derived.Revision}");
        if (derived.Study.PatientConflict || image.Conflict)
            Stale.Enqueue("sent while it is doubtful whose it is");
        return Answer();
    }

    private StoreReply Answer() =>
        new(Chance.Of100(12) ? (ushort)0xA700 : Chance.Of100(12) ? (ushort)0xA900 : DimseStatus.Success);
}
