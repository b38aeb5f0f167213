using System.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DicomNetwork.Tests;

/// <summary>What peers say, delivered whole, cut in two at every byte, one byte at a time, and cut short at every length.</summary>
public sealed class ConversationTests
{
    private static readonly byte[] DataSet = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian, size: 4);

    /// <summary>What a requestor says to our SCP.</summary>
    private static readonly Dictionary<string, (byte[] Said, string Answers, AssociationEnd? End, int Stored)> Conversations = new()
    {
        ["an association, released"] = (
            [.. RawPeer.AssociateRequest(), .. PduWriter.ReleaseRequest()], "AssociateAccept ReleaseResponse", AssociationEnd.Released, 0),
        ["an association that is refused"] = (Version2(), "AssociateReject", null, 0),
        ["an echo"] = (
            [.. RawPeer.AssociateRequest(), .. RawPeer.EchoCommand(), .. PduWriter.ReleaseRequest()],
            "AssociateAccept Data ReleaseResponse", AssociationEnd.Released, 0),
        ["an object in two fragments"] = (
            [.. RawPeer.AssociateRequest(), .. Store(), .. PduWriter.ReleaseRequest()],
            "AssociateAccept Data ReleaseResponse", AssociationEnd.Released, 1),
        ["an abort after an object"] = (
            [.. RawPeer.AssociateRequest(), .. Store(), .. PduWriter.Abort(new(0, 0))], "AssociateAccept Data",
            AssociationEnd.AbortedByPeer, 1),
        ["an abort in the middle of an object"] = (
            [.. RawPeer.AssociateRequest(), .. RawPeer.StoreCommand(), .. PduWriter.Abort(new(2, 0))],
            "AssociateAccept", AssociationEnd.AbortedByPeer, 0),
        ["a release in the middle of an object"] = (
            [.. RawPeer.AssociateRequest(), .. RawPeer.StoreCommand(), .. PduWriter.ReleaseRequest()],
            "AssociateAccept ReleaseResponse", AssociationEnd.Released, 0),
        ["a PDU that may not come"] = (
            [.. RawPeer.AssociateRequest(), .. RawPeer.AssociateRequest()], "AssociateAccept Abort", AssociationEnd.ProtocolError, 0),
    };

    public static TheoryData<string> Cases => [.. Conversations.Keys];

    [Theory, MemberData(nameof(Cases))]
    public async Task A_conversation_ends_the_same_however_the_network_cuts_it(string name)
    {
        var (said, answers, end, stored) = Conversations[name];
        var whole = await ServeAsync([said]);
        Assert.Equal((answers, end, stored), (Types(whole.Answers), whole.End, whole.Stored));

        foreach (var pieces in Wire.EveryArrival(said))
            Assert.Equivalent(whole, await ServeAsync(pieces), strict: true);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_conversation_cut_short_is_answered_as_far_as_it_went_and_ends_in_a_lost_connection(string name)
    {
        var said = Conversations[name].Said;
        var whole = await ServeAsync([said]);

        for (var length = 0; length < said.Length; length++)
        {
            var part = await ServeAsync([said[..length]]);

            Assert.True(whole.Answers.AsSpan().StartsWith(part.Answers), $"{length} bytes are answered differently");
            Assert.Equal(part.Answers.Length == 0 ? null : AssociationEnd.ConnectionLost, part.End);
            Assert.InRange(part.Stored, 0, whole.Stored);
        }
    }

    /// <summary>What our SCP answers, read by our own upper layer as a requestor's.</summary>
    [Theory, MemberData(nameof(Cases))]
    public async Task An_acceptors_side_reads_the_same_however_the_network_cuts_it(string name)
    {
        var said = (await ServeAsync([Conversations[name].Said])).Answers;
        var whole = await HearAsync([said]);

        foreach (var pieces in Wire.EveryArrival(said))
            Assert.Equal(whole, await HearAsync(pieces));
        for (var length = 0; length < said.Length; length++)
        {
            var part = await HearAsync([said[..length]]);
            Assert.Equal(typeof(Indication.Lost), part[^1]);
            Assert.Equal(whole.Take(part.Count - 1), part.SkipLast(1));
        }
    }

    /// <summary>The same over sockets, for a sample of the cuts.</summary>
    [Theory, MemberData(nameof(Cases))]
    public async Task A_real_server_answers_as_the_one_in_memory_does(string name)
    {
        var said = Conversations[name].Said;
        await using var server = await TestServer.StartAsync();
        for (var length = said.Length; length > 0; length -= 113)
        {
            using var peer = await RawPeer.ConnectAsync(server.Port);
            await peer.SendAsync(said.AsMemory(0, length / 2));
            await peer.SendAsync(said.AsMemory((length / 2)..length));

            var expected = await ServeAsync([said[..length]]);
            Assert.Equal(expected.Answers, await peer.FinishAsync());
            if (expected.End is { } end)
                Assert.Equal(end, await server.Service.NextEndAsync());
        }
    }

    private sealed record Outcome(byte[] Answers, AssociationEnd? End, int Stored);

    private static async Task<Outcome> ServeAsync(byte[][] pieces)
    {
        var (sent, service, options) = (new MemoryStream(), new RecordingService(), new DicomServerOptions());
        using var channel = new PduChannel(new ArrivingBytes(pieces), sent, TimeProvider.System);
        var upper = new UpperLayer(channel, requestor: false, new(options.MaxPduLength, options.DimseTimeout), TimeProvider.System);
        await new ServedAssociation(upper, service, options, new(IPAddress.Loopback, null), new(), TimeProvider.System, NullLogger.Instance)
            .RunAsync(CancellationToken.None);
        Assert.All(service.Stored, stored => Assert.Equal(DataSet, stored.DataSet));
        return new(sent.ToArray(), service.End, service.Stored.Count);
    }

    private static async Task<List<Type>> HearAsync(byte[][] pieces)
    {
        var (heard, cancel) = (new List<Type>(), TestContext.Current.CancellationToken);
        var upper = new UpperLayer(
            new(new ArrivingBytes(pieces), Stream.Null, TimeProvider.System), requestor: true, new(16_384, Timeout.InfiniteTimeSpan),
            TimeProvider.System);
        await upper.RequestAsync(PduParser.ReadAssociateRequest(new(RawPeer.AssociateRequest().AsMemory(PduFraming.HeaderLength))), cancel);
        do
        {
            heard.Add((await upper.NextAsync(Timeout.InfiniteTimeSpan, cancel)).GetType());
            if (heard[^1] == typeof(Indication.Accepted))
                await upper.SendDataAsync(RawPeer.EchoCommand(), cancel);
            if (heard[^1] == typeof(Indication.Data))
                await upper.RequestReleaseAsync(cancel);
        }
        while (heard[^1] == typeof(Indication.Accepted) || heard[^1] == typeof(Indication.Data));
        return heard;
    }

    private static string Types(byte[] answers)
    {
        var (rest, types) = (new System.Buffers.ReadOnlySequence<byte>(answers), new List<PduType>());
        while (PduFraming.TryReadPdu(ref rest, 131_072, out var type, out _))
            types.Add(type);
        Assert.True(rest.IsEmpty);
        return string.Join(' ', types);
    }

    private static byte[] Store() =>
    [
        .. RawPeer.StoreCommand(),
        .. RawPeer.Data(1, command: false, last: false, DataSet.AsSpan(0, 99)),
        .. RawPeer.Data(1, command: false, last: true, DataSet.AsSpan(99)),
    ];

    private static byte[] Version2()
    {
        var request = RawPeer.AssociateRequest();
        request[7] = 2;
        return request;
    }
}
