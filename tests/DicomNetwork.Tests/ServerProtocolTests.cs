namespace Gateway.DicomNetwork.Tests;

/// <summary>What the SCP does with peers that keep the protocol in odd ways, or do not keep it.</summary>
public sealed class ServerProtocolTests
{
    private static readonly byte[] DataSet = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task A_conversation_is_understood_whatever_the_segments(int segment)
    {
        await using var server = await TestServer.StartAsync();
        byte[] conversation =
        [
            .. RawPeer.AssociateRequest(),
            .. RawPeer.StoreCommand(),
            .. RawPeer.Data(1, command: false, last: false, DataSet.AsSpan(0, 99)),
            .. RawPeer.Data(1, command: false, last: true, DataSet.AsSpan(99)),
            .. RawPeer.EchoCommand(),
            .. PduWriter.ReleaseRequest(),
        ];

        using var peer = await RawPeer.ConnectAsync(server.Port);
        foreach (var piece in conversation.Chunk(segment))
            await peer.SendAsync(piece);

        Assert.Equal(PduType.AssociateAccept, (await peer.ReadAsync()).Type);
        Assert.Equal(DimseStatus.Success, (await peer.ReadResponseAsync()).Status);
        Assert.Equal(9, (await peer.ReadResponseAsync()).MessageIdRespondedTo);
        Assert.Equal(PduType.ReleaseResponse, (await peer.ReadAsync()).Type);
        Assert.Equal(DataSet, Assert.Single(server.Service.Stored).DataSet);
        Assert.Equal(AssociationEnd.Released, await server.Service.NextEndAsync());
    }

    [Fact]
    public async Task Contexts_are_answered_one_by_one()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(PduWriter.AssociateRequest(new(
            1, "GATEWAY", "SCANNER", PduWriter.ApplicationContext,
            [
                new(1, GeneratedObject.MrImageStorage, ["1.2.3.4.5", "1.2.840.10008.1.2.4.90", TransferSyntaxes.ImplicitLittleEndian]),
                new(3, GeneratedObject.MrImageStorage, ["1.2.3.4.5"]),
                new(5, "1.2.840.10008.5.1.4.1.2.1.1", [TransferSyntaxes.ImplicitLittleEndian]),
            ],
            new() { MaxPduLength = 0, ImplementationClassUid = "1.2.3", AsynchronousOperations = (8, 8) })));

        var (type, body) = await peer.ReadAsync();

        Assert.Equal(PduType.AssociateAccept, type);
        var accept = PduParser.ReadAssociateAccept(new(body));
        Assert.Equal(
            [(1, 0), (3, NegotiatedContext.TransferSyntaxesNotSupported), (5, NegotiatedContext.AbstractSyntaxNotSupported)],
            accept.Contexts.Select(context => ((int)context.Id, (int)context.Result)));
        Assert.Equal("1.2.840.10008.1.2.4.90", accept.Contexts[0].TransferSyntax);
        Assert.Equal(131_072u, accept.User.MaxPduLength);
        Assert.Equal(((ushort)1, (ushort)1), accept.User.AsynchronousOperations);
    }

    [Fact]
    public async Task An_association_with_another_protocol_version_is_rejected_by_the_provider()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);
        var request = RawPeer.AssociateRequest();
        request[7] = 2;
        await peer.SendAsync(request);

        var (type, body) = await peer.ReadAsync();

        Assert.Equal(PduType.AssociateReject, type);
        Assert.Equal([1, 2, 2], body[1..]);
    }

    [Theory]
    [InlineData(0x04)]
    [InlineData(0x01)]
    [InlineData(0x47)]
    public async Task A_pdu_of_four_gigabytes_is_refused_before_any_association(byte type)
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(new byte[] { type, 0, 0xFF, 0xFF, 0xFF, 0xFF });

        Assert.Equal((0, 0), await peer.ReadAbortAsync());    // PS3.8 Table 9-10, Sta2: AA-1 speaks as the service user
    }

    [Fact]
    public async Task A_pdu_of_four_gigabytes_is_refused_within_an_association()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(new byte[] { 0x04, 0, 0xFF, 0xFF, 0xFF, 0xFF });

        Assert.Equal((2, (byte)AbortReason.InvalidPduParameterValue), await peer.ReadAbortAsync());
        peer.Dispose();
        Assert.Equal(AssociationEnd.ProtocolError, await server.Service.NextEndAsync());
    }

    public static TheoryData<byte[], AbortReason> Violations => new()
    {
        { [0x63, 0, 0, 0, 0, 0], AbortReason.UnrecognizedPdu },
        { RawPeer.AssociateRequest(), AbortReason.UnexpectedPdu },
        { PduWriter.ReleaseResponse(), AbortReason.UnexpectedPdu },
        { [0x04, 0, 0, 0, 0, 0], AbortReason.InvalidPduParameterValue },
        { [0x04, 0, 0, 0, 0, 6, 0xFF, 0xFF, 0xFF, 0xFF, 1, 3], AbortReason.InvalidPduParameterValue },
        { RawPeer.Data(5, command: true, last: true, [1, 2, 3, 4]), AbortReason.InvalidPduParameterValue },
        { RawPeer.Data(1, command: false, last: true, [1, 2, 3, 4]), AbortReason.UnexpectedPduParameter },
        { RawPeer.Data(1, command: true, last: true, [1, 2, 3, 4]), AbortReason.InvalidPduParameterValue },
        { [.. RawPeer.StoreCommand(), .. RawPeer.EchoCommand()], AbortReason.UnexpectedPduParameter },
        { [.. RawPeer.StoreCommand(), .. RawPeer.Data(3, command: false, last: true, [1, 2, 3, 4])], AbortReason.UnexpectedPduParameter },
    };

    [Theory, MemberData(nameof(Violations))]
    public async Task A_peer_that_breaks_the_protocol_is_told_which_rule(byte[] bytes, AbortReason reason)
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(bytes);

        Assert.Equal((2, (byte)reason), await peer.ReadAbortAsync());
        Assert.Equal(AssociationEnd.ProtocolError, await server.Service.NextEndAsync());
    }

    [Fact]
    public async Task An_endless_command_set_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);
        var part = RawPeer.Data(3, command: true, last: false, new byte[10_000]);
        for (var sent = 0; sent <= CommandSet.MaxLength; sent += 10_000)
            await peer.SendAsync(part);

        Assert.Equal((2, (byte)AbortReason.InvalidPduParameterValue), await peer.ReadAbortAsync());
    }

    [Fact]
    public async Task An_operation_we_do_not_know_gets_a_status_and_the_association_goes_on()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.EchoCommand((CommandField)0x0020, hasDataSet: true));
        await peer.SendAsync(RawPeer.Data(3, command: false, last: true, new byte[100]));
        await peer.SendAsync(RawPeer.EchoCommand());

        Assert.Equal(DimseStatus.UnrecognizedOperation, (await peer.ReadResponseAsync()).Status);
        Assert.Equal(DimseStatus.Success, (await peer.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task An_application_that_fails_costs_one_object_not_the_association()
    {
        var service = new RecordingService { Reply = _ => throw new IOException("No space left on device") };
        await using var server = await TestServer.StartAsync(service);
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand());
        await peer.SendAsync(RawPeer.Data(1, command: false, last: true, DataSet));
        await peer.SendAsync(RawPeer.EchoCommand());

        Assert.Equal(DimseStatus.ProcessingFailure, (await peer.ReadResponseAsync()).Status);
        Assert.Equal(DimseStatus.ProcessingFailure, Assert.Single(service.Refused).Status);
        Assert.Equal(DimseStatus.Success, (await peer.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task An_application_that_cannot_decide_refuses_for_now()
    {
        await using var server = await TestServer.StartAsync(new RecordingService { Policy = _ => throw new TimeoutException() });
        using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(RawPeer.AssociateRequest());

        var (type, body) = await peer.ReadAsync();

        Assert.Equal(PduType.AssociateReject, type);
        Assert.Equal([2, 3, 1], body[1..]);
    }

    [Fact]
    public async Task An_object_cut_off_in_its_data_is_abandoned()
    {
        await using var server = await TestServer.StartAsync();
        using (var peer = await RawPeer.AssociateAsync(server.Port))
        {
            await peer.SendAsync(RawPeer.StoreCommand());
            await peer.SendAsync(RawPeer.Data(1, command: false, last: false, DataSet.AsSpan(0, 100)));
            await peer.SendAsync(RawPeer.Data(1, command: false, last: true, DataSet.AsSpan(100)).AsMemory(0, 50));
        }

        Assert.Equal(AssociationEnd.ConnectionLost, await server.Service.NextEndAsync());
        Assert.Empty(server.Service.Stored);
        Assert.Equal(1, server.Service.Abandoned);
    }

    [Fact]
    public async Task A_peer_that_aborts_ends_what_it_began()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand());
        await peer.SendAsync(PduWriter.Abort(new(0, 0)));

        Assert.Equal(AssociationEnd.AbortedByPeer, await server.Service.NextEndAsync());
        Assert.Equal(1, server.Service.Abandoned);
    }
}
