using System.Net;
using System.Net.Sockets;
using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

public sealed class DicomClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_file_has_its_own_result_and_a_bad_one_does_not_stop_the_rest()
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.Combine("b"), "not DICOM", Cancel);
        await File.WriteAllBytesAsync(folder.Combine("a"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, 1), Cancel);
        await File.WriteAllBytesAsync(
            folder.Combine("c"), GeneratedObject.File(TransferSyntaxes.ImplicitLittleEndian, 2, size: 300), Cancel);
        var service = new RecordingService
        {
            Reply = o => new(
                o.Header.GetInteger(HeaderTag.InstanceNumber) == 2
                    ? new StoreReply(DimseStatus.OutOfResources, "full") : StoreReply.Success),
        };
        await using var server = await TestServer.StartAsync(service);

        var results = await server.Client().StoreAsync(
            [Part10Source.File(folder.Combine("a")), Part10Source.File(folder.Combine("b")), Part10Source.File(folder.Combine("c")),
                Part10Source.File(folder.Combine("d"))], Cancel)
            .ToDictionaryAsync(result => Path.GetFileName(result.Source.Name), cancellationToken: Cancel);

        Assert.True(results["a"].IsStored);
        Assert.Equal(GeneratedObject.Uid(1, 1), results["a"].SopInstanceUid);
        Assert.Equal("Not a DICOM Part 10 file.", results["b"].Error);
        Assert.Equal(DimseStatus.OutOfResources, results["c"].Status);
        Assert.Equal("full", results["c"].Error);
        Assert.False(results["d"].IsStored);
        Assert.Equal(AssociationEnd.Released, await service.NextEndAsync());
    }

    [Theory]
    [InlineData(4_096u)]
    [InlineData(131_072u)]
    public async Task The_bytes_on_disk_arrive_as_they_are_within_the_peers_pdu_limit(uint maxPduLength)
    {
        using var folder = new TemporaryDirectory();
        var bytes = GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, size: 600);
        await File.WriteAllBytesAsync(folder.Combine("a"), bytes, Cancel);
        await using var server = await TestServer.StartAsync(options: new() { MaxPduLength = maxPduLength });

        Assert.True((await server.Client().StoreAsync([Part10Source.File(folder.Combine("a"))], Cancel).SingleAsync(Cancel)).IsStored);

        var received = Assert.Single(server.Service.Stored).DataSet;
        Assert.Equal(bytes[^received.Length..], received);
        Assert.Equal(GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian, size: 600).Length, received.Length);
    }

    [Fact]
    public async Task More_files_than_an_association_takes_go_over_the_next()
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("a"), GeneratedObject.File(TransferSyntaxes.ImplicitLittleEndian, size: 1), Cancel);
        await using var server = await TestServer.StartAsync();

        var results = await server.Client().StoreAsync(Enumerable.Repeat(Part10Source.File(folder.Combine("a")), 1_100), Cancel)
            .CountAsync(result => result.IsStored, Cancel);

        Assert.Equal(1_100, results);
        Assert.Equal(AssociationEnd.Released, await server.Service.NextEndAsync());
        Assert.Equal(AssociationEnd.Released, await server.Service.NextEndAsync());
    }

    [Fact]
    public async Task A_rejection_says_result_source_and_reason()
    {
        await using var server = await TestServer.StartAsync(new() { Policy = _ => AssociationRejection.CallingAeNotRecognized });

        var error = await Assert.ThrowsAsync<AssociationRejectedException>(() => server.Client().EchoAsync(Cancel));

        Assert.Equal(new(1, 1, 3), error.Rejection);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Nobody_listening_is_a_clear_error()
    {
        await using var server = await TestServer.StartAsync();
        var client = server.Client();
        await server.StopAsync();

        var error = await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync(Cancel));

        Assert.True(error.IsTransient);
        Assert.IsType<SocketException>(error.InnerException);
    }

    [Fact]
    public async Task A_peer_that_accepts_and_says_nothing_is_given_up_on()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var error = await Assert.ThrowsAsync<DicomNetworkException>(() => ClientOf(listener).EchoAsync(Cancel));

        Assert.Contains("did not answer in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abort_instead_of_an_answer_says_who_and_why()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var echo = ClientOf(listener).EchoAsync(Cancel);
        using var peer = await RawPeer.AcceptAsync(listener);
        await AcceptAsync(peer);
        await peer.ReadAsync();
        await peer.SendAsync(PduWriter.Abort(new(2, 2)));

        var error = await Assert.ThrowsAsync<AssociationAbortedException>(() => echo);

        Assert.Equal((2, AbortReason.UnexpectedPdu), (error.AbortSource, error.Reason));
    }

    [Fact]
    public async Task A_response_to_another_message_ends_the_association()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var echo = ClientOf(listener).EchoAsync(Cancel);
        using var peer = await RawPeer.AcceptAsync(listener);
        await AcceptAsync(peer);
        await peer.ReadAsync();
        var response = new CommandSet { Field = CommandField.EchoResponse, MessageIdRespondedTo = 77, HasDataSet = false, Status = 0 };
        await peer.SendAsync(RawPeer.Data(1, command: true, last: true, response.ToBytes()));

        Assert.Equal((2, (byte)AbortReason.UnexpectedPduParameter), await peer.ReadAbortAsync());
        await Assert.ThrowsAsync<DicomNetworkException>(() => echo);
    }

    [Fact]
    public async Task A_connection_lost_while_an_answer_is_due_is_a_clear_error()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var echo = ClientOf(listener).EchoAsync(Cancel);
        using (var peer = await RawPeer.AcceptAsync(listener))
        {
            await AcceptAsync(peer);
            await peer.ReadAsync();
        }

        Assert.Contains("lost", (await Assert.ThrowsAsync<DicomNetworkException>(() => echo)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_the_peer_does_not_take_is_a_result()
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("a"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian), Cancel);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var store = ClientOf(listener).StoreAsync([Part10Source.File(folder.Combine("a"))], Cancel).SingleAsync(Cancel);
        using var peer = await RawPeer.AcceptAsync(listener);
        await AcceptAsync(peer, NegotiatedContext.AbstractSyntaxNotSupported);
        Assert.Equal(PduType.ReleaseRequest, (await peer.ReadAsync()).Type);
        await peer.SendAsync(PduWriter.ReleaseResponse());

        var result = await store;

        Assert.Null(result.Status);
        Assert.Contains("does not take", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_that_releases_at_the_same_moment_is_answered_as_the_collision_it_is(bool answersFirst)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var echo = ClientOf(listener).EchoAsync(Cancel);
        using var peer = await RawPeer.AcceptAsync(listener);
        await AcceptAsync(peer);
        await peer.ReadAsync();
        await peer.SendAsync(RawPeer.Data(1, command: true, last: true, new CommandSet
        {
            Field = CommandField.EchoResponse, MessageIdRespondedTo = 1, HasDataSet = false, Status = 0,
        }.ToBytes()));
        Assert.Equal(PduType.ReleaseRequest, (await peer.ReadAsync()).Type);

        await peer.SendAsync(PduWriter.ReleaseRequest());
        if (answersFirst)    // it should wait for the requestor's answer (PS3.8 Table 9-10, Sta11), but what if it does not?
            await peer.SendAsync(PduWriter.ReleaseResponse());
        Assert.Equal(PduType.ReleaseResponse, (await peer.ReadAsync()).Type);
        if (!answersFirst)
            await peer.SendAsync(PduWriter.ReleaseResponse());

        Assert.Equal(DimseStatus.Success, await echo);
        await peer.ReadEndAsync();
    }

    private static DicomClient ClientOf(TcpListener listener) => new(
        new()
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            CalledAe = AeTitle.Parse("ARCHIVE"),
            CallingAe = AeTitle.Parse("GATEWAY"),
            AssociationTimeout = TimeSpan.FromMilliseconds(300),
        },
        TimeProvider.System);

    private static async Task AcceptAsync(RawPeer peer, byte result = NegotiatedContext.Accepted)
    {
        var (type, body) = await peer.ReadAsync();
        Assert.Equal(PduType.AssociateRequest, type);
        var request = PduParser.ReadAssociateRequest(new(body));
        await peer.SendAsync(PduWriter.AssociateAccept(new(
            request.CalledAe, request.CallingAe,
            [.. request.Contexts.Select(context => new NegotiatedContext(context.Id, result, context.TransferSyntaxes[0]))],
            new() { MaxPduLength = 16_384, ImplementationClassUid = "1.2.3" })));
    }
}
