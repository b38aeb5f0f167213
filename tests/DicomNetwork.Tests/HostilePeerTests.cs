using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>Peers that mean harm: each is refused, aborted or let go, and the next is served.</summary>
public sealed class HostilePeerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly byte[] DataSet = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_half_open_connections_leave_room_and_are_let_go()
    {
        await using var server = await TestServer.StartAsync(options: new() { ArtimTimeout = Soon });
        var silent = new List<RawPeer>();
        for (var i = 0; i < 100; i++)
            silent.Add(await RawPeer.ConnectAsync(server.Port));

        await ServesAsync(server);
        foreach (var peer in silent)
        {
            await peer.ReadEndAsync();
            peer.Dispose();
        }
    }

    [Fact]
    public async Task One_address_does_not_take_every_connection()
    {
        await using var server = await TestServer.StartAsync(options: new() { MaxConnections = 10, MaxConnectionsPerAddress = 5 });
        var flood = new List<RawPeer>();
        for (var i = 0; i < 5; i++)
            flood.Add(await RawPeer.AssociateAsync(server.Port, from: IPAddress.Parse("127.0.0.2")));

        using var sixth = await RawPeer.ConnectAsync(server.Port, from: IPAddress.Parse("127.0.0.2"));
        await sixth.ReadEndAsync();

        await ServesAsync(server);
        flood.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task A_peer_that_drips_its_association_request_has_no_more_time_than_one_that_is_silent()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time: time);
        using var peer = await RawPeer.ConnectAsync(server.Port);
        var end = peer.ReadEndAsync();

        // Never the last byte: however the two of us are scheduled, the request does not become whole.
        foreach (var drop in RawPeer.AssociateRequest().SkipLast(1).Take(100))
        {
            if (end.IsCompleted)
                break;
            await TrySendAsync(peer, [drop]);
            time.Advance(TimeSpan.FromMilliseconds(400));
        }

        while (!end.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await end;
        await ServesAsync(server);
    }

    [Fact]
    public async Task A_peer_that_drips_its_object_in_tiny_pdus_is_aborted()
    {
        var (time, arrived) = (new FakeTimeProvider(), new SemaphoreSlim(0));
        await using var server = await TestServer.StartAsync(new() { OnFragment = _ => arrived.Release() }, time: time);
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand());
        var abort = peer.ReadAbortAsync();

        // 50 s is less than the time-out of a PDU; a thousand of them would hold an association for half a day.
        for (var drops = 0; !abort.IsCompleted; drops++)
        {
            Assert.True(drops < 100, "The peer drips on and is not aborted.");
            await peer.SendAsync(RawPeer.Data(1, command: false, last: false, [0]));
            await Task.WhenAny(abort, arrived.WaitAsync(Cancel));
            time.Advance(TimeSpan.FromSeconds(50));
        }

        Assert.Equal((0, 0), await abort);
        Assert.Equal(AssociationEnd.TimedOut, await server.Service.NextEndAsync());
        Assert.Equal(1, server.Service.Abandoned);
        await ServesAsync(server);
    }

    [Fact]
    public async Task A_slow_line_that_keeps_the_pace_is_not_cut_off()
    {
        var (time, arrived) = (new FakeTimeProvider(), new SemaphoreSlim(0));
        await using var server = await TestServer.StartAsync(
            new() { OnFragment = _ => arrived.Release() }, new() { MinimumRate = 5 }, time: time);
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand());
        foreach (var part in DataSet.Chunk(600))
        {
            await peer.SendAsync(RawPeer.Data(1, command: false, last: false, part));
            await arrived.WaitAsync(Cancel);
            time.Advance(TimeSpan.FromSeconds(50));
        }

        await peer.SendAsync(RawPeer.Data(1, command: false, last: true, []));

        Assert.Equal(DimseStatus.Success, (await peer.ReadResponseAsync()).Status);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x04)]
    public async Task Half_a_gigabyte_announced_before_the_association_is_not_read(byte type)
    {
        const int Announced = 512 << 20;
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(new byte[] { type, 0, Announced >> 24, 0, 0, 0 });
        Assert.Equal((0, 0), await peer.ReadAbortAsync());

        var (sent, block) = (0L, new byte[1 << 16]);
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (; sent < Announced; sent += block.Length)
                await peer.SendAsync(block);
        });

        Assert.InRange(sent, 0, 64 << 20);    // what the sockets of both sides hold, and the megabyte that is read for politeness
        await ServesAsync(server);
    }

    [Fact]
    public async Task A_peer_that_asks_and_never_reads_the_answers_is_given_up_on()
    {
        await using var server = await TestServer.StartAsync(options: new() { DimseTimeout = Soon, ArtimTimeout = Soon });
        using var peer = await RawPeer.AssociateAsync(server.Port);
        byte[] requests = [.. Enumerable.Repeat(RawPeer.EchoCommand(), 500).SelectMany(pdu => pdu)];
        var end = server.Service.NextEndAsync();

        while (!end.IsCompleted)
            await TrySendAsync(peer, requests);

        Assert.Equal(AssociationEnd.TimedOut, await end);
        await ServesAsync(server);
    }

    [Fact]
    public async Task Objects_aborted_half_way_leave_nothing_and_the_next_is_stored()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var peer = await RawPeer.AssociateAsync(server.Port);
            await peer.SendAsync(RawPeer.StoreCommand());
            await peer.SendAsync(RawPeer.Data(1, command: false, last: false, DataSet.AsSpan(0, 100)));
            await peer.SendAsync(PduWriter.Abort(new(0, 0)));
            Assert.Equal(AssociationEnd.AbortedByPeer, await server.Service.NextEndAsync());
        }

        Assert.Equal(20, server.Service.Abandoned);
        await ServesAsync(server);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_releases_twice_or_answers_a_release_nobody_asked_for_is_closed(bool answers)
    {
        await using var server = await TestServer.StartAsync(options: new() { ArtimTimeout = Soon });
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(
            answers ? PduWriter.ReleaseResponse() : (byte[])[.. PduWriter.ReleaseRequest(), .. PduWriter.ReleaseRequest()]);

        Assert.Equal(answers ? PduType.Abort : PduType.ReleaseResponse, (await peer.ReadAsync()).Type);
        await peer.ReadEndAsync();
        await ServesAsync(server);
    }

    private static async Task TrySendAsync(RawPeer peer, byte[] bytes)
    {
        try
        {
            await peer.SendAsync(bytes);
        }
        catch (IOException)
        {
            // The server has closed; the caller will see.
        }
    }

    private static async Task ServesAsync(TestServer server) => Assert.Equal(DimseStatus.Success, await server.Client().EchoAsync(Cancel));
}
