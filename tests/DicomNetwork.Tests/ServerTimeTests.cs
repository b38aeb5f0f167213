namespace Gateway.DicomNetwork.Tests;

/// <summary>Peers that stall, and a server that stops.</summary>
public sealed class ServerTimeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] DataSet = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(60)]
    public async Task A_peer_that_never_finishes_its_association_request_is_let_go(int bytes)
    {
        await using var server = await TestServer.StartAsync(options: new() { ArtimTimeout = Soon });
        using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(RawPeer.AssociateRequest().AsMemory(0, bytes));

        await peer.ReadEndAsync();
    }

    [Fact]
    public async Task A_peer_that_falls_silent_between_messages_is_aborted()
    {
        await using var server = await TestServer.StartAsync(options: new() { IdleTimeout = Soon });
        using var peer = await RawPeer.AssociateAsync(server.Port);

        Assert.Equal((0, 0), await peer.ReadAbortAsync());
        Assert.Equal(AssociationEnd.TimedOut, await server.Service.NextEndAsync());
    }

    [Fact]
    public async Task A_peer_that_falls_silent_within_an_object_is_aborted()
    {
        await using var server = await TestServer.StartAsync(options: new() { DimseTimeout = Soon });
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand());
        await peer.SendAsync(RawPeer.Data(1, command: false, last: false, DataSet));

        Assert.Equal((0, 0), await peer.ReadAbortAsync());
        Assert.Equal(AssociationEnd.TimedOut, await server.Service.NextEndAsync());
        Assert.Equal(1, server.Service.Abandoned);
    }

    [Fact]
    public async Task A_peer_that_does_not_close_after_an_abort_is_closed()
    {
        await using var server = await TestServer.StartAsync(options: new() { ArtimTimeout = Soon });
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(PduWriter.ReleaseResponse());
        await peer.ReadAbortAsync();

        await peer.ReadEndAsync();
    }

    [Fact]
    public async Task Peers_that_hang_do_not_block_others()
    {
        await using var server = await TestServer.StartAsync();
        var hanging = new List<RawPeer>();
        for (var i = 0; i < 20; i++)
        {
            hanging.Add(await RawPeer.ConnectAsync(server.Port));
            await hanging[^1].SendAsync(RawPeer.AssociateRequest().AsMemory(0, i));
            hanging.Add(await RawPeer.AssociateAsync(server.Port));
            await hanging[^1].SendAsync(RawPeer.StoreCommand());
            await hanging[^1].SendAsync(RawPeer.Data(1, command: false, last: false, DataSet));
        }

        Assert.Equal(DimseStatus.Success, await server.Client().EchoAsync(TestContext.Current.CancellationToken));
        hanging.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_at_once()
    {
        await using var server = await TestServer.StartAsync(options: new() { MaxConnections = 1 });
        using var first = await RawPeer.AssociateAsync(server.Port);
        using var second = await RawPeer.ConnectAsync(server.Port);

        await second.ReadEndAsync();
        await first.SendAsync(RawPeer.EchoCommand());
        Assert.Equal(DimseStatus.Success, (await first.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task The_policy_is_told_how_many_associations_are_open()
    {
        var service = new RecordingService
        {
            Policy = request => request.OpenAssociations < 2
            ? null : AssociationRejection.TemporaryCongestion
        };
        await using var server = await TestServer.StartAsync(service);
        using var first = await RawPeer.AssociateAsync(server.Port);
        using var second = await RawPeer.AssociateAsync(server.Port);

        var error = await Assert.ThrowsAsync<AssociationRejectedException>(
            () => server.Client().EchoAsync(TestContext.Current.CancellationToken));

        Assert.Equal(new(2, 3, 1), error.Rejection);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_stopping_server_aborts_an_idle_association()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        var stop = server.StopAsync();

        Assert.Equal((0, 0), await peer.ReadAbortAsync());
        peer.Dispose();
        await stop;
        Assert.Equal(AssociationEnd.Stopped, await server.Service.NextEndAsync());
    }

    [Fact]
    public async Task A_stopping_server_finishes_the_object_it_is_receiving()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(new() { OnFragment = _ => arrived.TrySetResult() });
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand());
        await peer.SendAsync(RawPeer.Data(1, command: false, last: false, DataSet.AsSpan(0, 100)));
        await arrived.Task;

        var stop = server.StopAsync();
        await peer.SendAsync(RawPeer.Data(1, command: false, last: true, DataSet.AsSpan(100)));

        Assert.Equal(DimseStatus.Success, (await peer.ReadResponseAsync()).Status);
        Assert.Equal((0, 0), await peer.ReadAbortAsync());
        peer.Dispose();
        await stop;
        Assert.Single(server.Service.Stored);
    }

    [Fact]
    public async Task A_stopping_server_waits_for_an_object_no_longer_than_it_may()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(
            new() { OnFragment = _ => arrived.TrySetResult() }, new() { StopTimeout = Soon });
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand());
        await peer.SendAsync(RawPeer.Data(1, command: false, last: false, DataSet.AsSpan(0, 100)));
        await arrived.Task;

        await server.StoppingAsync();

        Assert.Equal((0, 0), await peer.ReadAbortAsync());
        Assert.Equal(AssociationEnd.Stopped, await server.Service.NextEndAsync());
        Assert.Equal((1, 0), (server.Service.Abandoned, server.Service.Stored.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_association_asked_for_while_the_server_stops_is_refused_for_now(bool connectedBefore)
    {
        var service = new RecordingService { Policy = request => request.ServerStops ? AssociationRejection.TemporaryCongestion : null };
        await using var server = await TestServer.StartAsync(service);
        using var early = await RawPeer.ConnectAsync(server.Port);
        using var idle = await RawPeer.AssociateAsync(server.Port);    // served after the first is accepted

        await server.StoppingAsync();
        await idle.ReadAbortAsync();
        using var late = await RawPeer.ConnectAsync(server.Port);
        var peer = connectedBefore ? early : late;
        await peer.SendAsync(RawPeer.AssociateRequest());

        var (type, body) = await peer.ReadAsync();
        Assert.Equal((PduType.AssociateReject, 2, 3, 1), (type, body[1], body[2], body[3]));
    }
}
