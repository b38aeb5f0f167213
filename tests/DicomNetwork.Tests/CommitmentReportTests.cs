namespace Gateway.DicomNetwork.Tests;

/// <summary>Reports on the association that asked (PS3.4 §J.3.3): when they are known, one at a time, beside what else the peer
/// does.</summary>
public sealed class CommitmentReportTests
{
    private const byte Context = 5;
    private const string Syntax = TransferSyntaxes.ImplicitLittleEndian;

    private readonly Dictionary<Uid, TaskCompletionSource<CommitmentResult>> _known = [];

    [Fact]
    public async Task A_report_follows_when_it_is_known_however_long_the_peer_has_said_nothing()
    {
        await using var provider = await StartAsync();
        using var peer = await AssociateAsync(provider);
        await AskAsync(peer, 1);

        Know(1);

        Assert.Equal(Transaction(1), (await ReadReportAsync(peer)).TransactionUid);
    }

    [Fact]
    public async Task Reports_follow_in_the_order_they_become_known_each_when_the_one_before_it_is_answered()
    {
        await using var provider = await StartAsync();
        using var peer = await AssociateAsync(provider);
        for (var number = 1; number <= 3; number++)
            await AskAsync(peer, number);

        Know(3);
        Assert.Equal(Transaction(3), (await ReadReportAsync(peer)).TransactionUid);
        Know(1);
        await EchoAsync(peer);    // what comes now is the answer to this, and no report
        await AnswerAsync(peer, messageId: 1);
        Assert.Equal(Transaction(1), (await ReadReportAsync(peer)).TransactionUid);
        await AnswerAsync(peer, messageId: 2);
        Know(2);
        Assert.Equal(Transaction(2), (await ReadReportAsync(peer)).TransactionUid);
    }

    [Fact]
    public async Task A_report_does_not_break_into_a_message_that_the_peer_has_begun()
    {
        await using var provider = await StartAsync();
        // over a socket the report may overtake bytes that the peer has sent, and is right to
        using var peer = provider.ConnectInMemory();
        await AssociateAsync(peer);
        await AskAsync(peer, 1);
        var action = Action(2).ToBytes();
        await peer.SendAsync(RawPeer.Data(Context, command: true, last: false, action.AsSpan(0, 1)));

        Know(1);
        for (var at = 1; at < action.Length; at++)
            await peer.SendAsync(RawPeer.Data(Context, command: true, last: at == action.Length - 1, action.AsSpan(at, 1)));
        await peer.SendAsync(RequestData(2));

        Assert.Equal(CommandField.ActionResponse, (await peer.ReadResponseAsync()).Field);
        Assert.Equal(Transaction(1), (await ReadReportAsync(peer)).TransactionUid);
    }

    [Fact]
    public async Task A_report_that_will_never_be_known_is_dropped_and_the_next_follows()
    {
        await using var provider = await StartAsync();
        using var peer = await AssociateAsync(provider);
        await AskAsync(peer, 1);
        await AskAsync(peer, 2);

        _known[Transaction(1)].SetException(new IOException());
        Know(2);

        Assert.Equal(Transaction(2), (await ReadReportAsync(peer)).TransactionUid);
    }

    [Fact]
    public async Task Requests_that_wait_on_one_association_are_limited()
    {
        await using var provider = await StartAsync();
        using var peer = await AssociateAsync(provider);
        for (var number = 1; number <= 16; number++)
            await AskAsync(peer, number);

        await AskAsync(peer, 17, DimseStatus.ResourceLimitation);

        Assert.Equal(16, provider.Requests.Count);
    }

    private Task<CommitmentProvider> StartAsync() => CommitmentProvider.StartAsync(
        request => new(
            DimseStatus.Success, (_known[request.TransactionUid] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task));

    private void Know(int number) => _known[Transaction(number)].SetResult(new(Transaction(number), [Instance], []));

    private static Uid Transaction(int number) => Uid.Parse($"2.25.{number}");

    private static SopReference Instance { get; } = new(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse("2.25.100"));

    private static async Task<RawPeer> AssociateAsync(CommitmentProvider provider)
    {
        var peer = await RawPeer.ConnectAsync(provider.Port);
        await AssociateAsync(peer);
        return peer;
    }

    private static async Task AssociateAsync(RawPeer peer)
    {
        await peer.SendAsync(PduWriter.AssociateRequest(new(
            1, "GATEWAY", "SCANNER", PduWriter.ApplicationContext,
            [new(3, SopClasses.Verification, [Syntax]), new(Context, StorageCommitment.SopClassUid, [Syntax])],
            new() { MaxPduLength = 16_384, ImplementationClassUid = "1.2.3" })));
        Assert.Equal(PduType.AssociateAccept, (await peer.ReadAsync()).Type);
    }

    private static async Task AskAsync(RawPeer peer, int number, ushort status = DimseStatus.Success)
    {
        await peer.SendAsync(RawPeer.Data(Context, command: true, last: true, Action(number).ToBytes()));
        await peer.SendAsync(RequestData(number));
        var response = await peer.ReadResponseAsync();
        Assert.Equal((CommandField.ActionResponse, status), (response.Field, response.Status));
    }

    private static CommandSet Action(int number) => new()
    {
        Field = CommandField.ActionRequest,
        MessageId = (ushort)number,
        RequestedSopClassUid = StorageCommitment.SopClassUid,
        RequestedSopInstanceUid = StorageCommitment.SopInstanceUid,
        ActionTypeId = StorageCommitment.Request,
        HasDataSet = true,
    };

    private static byte[] RequestData(int number)
    {
        using var dataSet = CommitmentDataSet.Write(new CommitmentRequest(Transaction(number), [Instance]), Syntax);
        var bytes = new byte[dataSet.Length - dataSet.Position];
        dataSet.ReadExactly(bytes);
        return RawPeer.Data(Context, command: false, last: true, bytes);
    }

    private static async Task<CommitmentResult> ReadReportAsync(RawPeer peer)
    {
        Assert.Equal(CommandField.EventReportRequest, (await peer.ReadResponseAsync()).Field);
        var (_, body) = await peer.ReadAsync();
        return CommitmentDataSet.ReadResult(body.AsMemory(6), Syntax);
    }

    private static async Task EchoAsync(RawPeer peer)
    {
        await peer.SendAsync(RawPeer.EchoCommand());
        Assert.Equal(CommandField.EchoResponse, (await peer.ReadResponseAsync()).Field);
    }

    private static Task AnswerAsync(RawPeer peer, int messageId) => peer.SendAsync(
        RawPeer.Data(Context, command: true, last: true, new CommandSet
        {
            Field = CommandField.EventReportResponse,
            MessageIdRespondedTo = (ushort)messageId,
            AffectedSopClassUid = StorageCommitment.SopClassUid,
            AffectedSopInstanceUid = StorageCommitment.SopInstanceUid,
            HasDataSet = false,
            Status = DimseStatus.Success,
        }.ToBytes()));
}
