using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.DicomNetwork.Tests;

/// <summary>What the cells of PS3.8 Table 9-10 look like on the wire and to the user: the upper layer is led into each state, then given
/// the event.</summary>
public sealed class UpperLayerTests
{
    /// <summary>How a state is reached. From the peer: q A-ASSOCIATE-RQ, a -AC, r A-RELEASE-RQ, p -RP. From the user: Q request, + accept,
    /// R release, P release response. A path that begins with Q is the requestor's.</summary>
    private static readonly Dictionary<int, string> Paths = new()
    {
        [2] = "", [3] = "q", [5] = "Q", [6] = "q+", [7] = "q+R", [8] = "q+r", [9] = "QaRr", [10] = "q+Rr", [11] = "QaRrP", [12] = "q+Rrp",
        [13] = "q+rP",
    };

    private static readonly Dictionary<int, byte[]> Arriving = new()
    {
        [3] = Accept(),
        [4] = PduWriter.AssociateReject(AssociationRejection.TemporaryCongestion),
        [6] = RawPeer.AssociateRequest(),
        [10] = RawPeer.EchoCommand(),
        [12] = PduWriter.ReleaseRequest(),
        [13] = PduWriter.ReleaseResponse(),
        [16] = PduWriter.Abort(new(0, 0)),
        [17] = [],
        [19] = [0x63, 0, 0, 0, 0, 0],
    };

    public static TheoryData<int, int, string> Received
    {
        get
        {
            var data = new TheoryData<int, int, string>();
            foreach (var (happened, state, action) in Table910.Cells)
            {
                if (action is not null && Arriving.ContainsKey(happened) && Paths.ContainsKey(state))
                    data.Add(happened, state, action);
            }

            return data;
        }
    }

    public static TheoryData<int, int, string?> Asked
    {
        get
        {
            var data = new TheoryData<int, int, string?>();
            foreach (var (happened, state, action) in Table910.Cells)
            {
                if (happened is 7 or 8 or 9 or 11 or 14 && Paths.ContainsKey(state))
                    data.Add(happened, state, action);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Received))]
    public async Task What_a_peer_does_is_answered_as_its_cell_says(int happened, int state, string action)
    {
        var (upper, sent) = await ReachAsync(state, Arriving[happened]);

        var indication = (await upper.NextAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken)).GetType();

        var requestor = Paths[state].StartsWith('Q');
        var reason = (byte)(happened == 19 ? AbortReason.UnrecognizedPdu : AbortReason.UnexpectedPdu);
        Assert.Equal(
            action switch { "AA-1" => PduWriter.Abort(new(0, 0)), "AA-7" or "AA-8" => PduWriter.Abort(new(2, reason)), _ => [] },
            sent.ToArray());
        Assert.Equal(Told(action), indication);
        // An ignored PDU tells the user nothing: the wait goes on until the transport, which the script ends here, is closed.
        Assert.Equal(action is "AA-6" or "AA-7" ? "Sta1" : $"Sta{Table910.After(action, requestor)}", upper.State.ToString());
    }

    [Theory, MemberData(nameof(Asked))]
    public async Task What_the_user_asks_goes_out_where_its_cell_has_an_action_and_is_refused_elsewhere(
        int happened, int state, string? action)
    {
        var (upper, sent) = await ReachAsync(state, []);

        async Task AskAsync() => await Ask(upper, happened);

        if (action is null)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(AskAsync);
            Assert.Equal(($"Sta{state}", 0L), (upper.State.ToString(), sent.Length));
            return;
        }

        await AskAsync();
        Assert.Equal((PduType)sent.ToArray()[0], action switch
        {
            "AE-7" => PduType.AssociateAccept,
            "AE-8" => PduType.AssociateReject,
            "AR-1" => PduType.ReleaseRequest,
            "AR-4" or "AR-9" => PduType.ReleaseResponse,
            _ => PduType.Data,
        });
        Assert.Equal($"Sta{Table910.After(action, requestor: Paths[state].StartsWith('Q'))}", upper.State.ToString());
    }

    /// <summary>A study is hundreds of thousands of them.</summary>
    [Fact]
    public async Task A_P_DATA_is_indicated_without_an_object_of_its_own()
    {
        const int Count = 1_000;
        var (upper, _) = await ReachAsync(6, [.. Enumerable.Repeat(RawPeer.EchoCommand(), Count).SelectMany(pdu => pdu)]);
        var indications = new HashSet<Indication>(ReferenceEqualityComparer.Instance);

        for (var at = 0; at < Count; at++)
            indications.Add(await upper.NextAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));

        Assert.IsType<Indication.Data>(Assert.Single(indications));
    }

    private static ValueTask Ask(UpperLayer upper, int happened) => happened switch
    {
        7 => upper.AcceptAsync(new("A", "B", [], new())),
        8 => upper.RejectAsync(AssociationRejection.TemporaryCongestion),
        9 => upper.SendDataAsync(RawPeer.EchoCommand(), TestContext.Current.CancellationToken),
        11 => upper.RequestReleaseAsync(TestContext.Current.CancellationToken),
        _ => upper.RespondReleaseAsync(),
    };

    private static Type Told(string action) => action switch
    {
        "AE-3" => typeof(Indication.Accepted),
        "AE-4" => typeof(Indication.Rejected),
        "AE-6" => typeof(Indication.Associate),
        "DT-2" or "AR-6" => typeof(Indication.Data),
        "AR-2" or "AR-8" => typeof(Indication.Release),
        "AR-3" or "AR-10" => typeof(Indication.Released),
        "AA-1" or "AA-8" => typeof(Indication.ProtocolError),
        "AA-2" or "AA-3" => typeof(Indication.Aborted),
        _ => typeof(Indication.Lost),
    };

    /// <returns>An upper layer in the state, which will read <paramref name="next"/> and then the end; and what it sends from now
    /// on.</returns>
    private static async Task<(UpperLayer Upper, MemoryStream Sent)> ReachAsync(int state, byte[] next)
    {
        var (path, sent, cancel) = (Paths[state], new MemoryStream(), TestContext.Current.CancellationToken);
        byte[] script = [
            .. path.SelectMany(step =>
                step switch { 'q' => Arriving[6], 'a' => Arriving[3], 'r' => Arriving[12], 'p' => Arriving[13], _ => [] }), .. next];
        var channel = new PduChannel(PipeReader.Create(new ReadOnlySequence<byte>(script)), sent, TimeProvider.System);
        var upper = new UpperLayer(channel, path.StartsWith('Q'), new(16_384, Timeout.InfiniteTimeSpan), TimeProvider.System);
        foreach (var step in path)
        {
            await (step switch
            {
                'Q' => upper.RequestAsync(
                    PduParser.ReadAssociateRequest(new(RawPeer.AssociateRequest().AsMemory(PduFraming.HeaderLength))), cancel),
                '+' => Ask(upper, 7),
                'R' => Ask(upper, 11),
                'P' => Ask(upper, 14),
                _ => new(upper.NextAsync(Timeout.InfiniteTimeSpan, cancel).AsTask()),
            });
        }

        Assert.Equal($"Sta{state}", upper.State.ToString());
        sent.SetLength(0);
        return (upper, sent);
    }

    private static byte[] Accept() =>
        PduWriter.AssociateAccept(new("GATEWAY", "SCANNER", [new(1, 0, TransferSyntaxes.ExplicitLittleEndian)], new()));
}
