using System.Buffers;
using CsCheck;

namespace Gateway.DicomNetwork.Tests;

/// <summary>Every PDU out and in again, cut in every way, cut short everywhere, and as noise.</summary>
public sealed class PduTests
{
    private const int Fuzzed = 20_000;

    private static readonly Gen<string> Uid = Gen.Int[0, 9_999].Array[1, 6].Select(parts => "1." + string.Join('.', parts));

    private static readonly Gen<string> Title = Gen.Char['A', 'Z'].Array[1, 16].Select(letters => new string(letters));

    private static readonly Gen<UserInformation> User =
        from length in Gen.UInt
        from uid in Uid
        from version in Title
        from window in Gen.Select(Gen.UShort, Gen.UShort)
        from hasWindow in Gen.Bool
        select new UserInformation
        {
            MaxPduLength = length,
            ImplementationClassUid = uid,
            ImplementationVersion = version,
            AsynchronousOperations = hasWindow ? window : null,
        };

    private static readonly Gen<AssociateRequestPdu> Request =
        from called in Title
        from calling in Title
        from syntaxes in Gen.Select(Uid, Uid.Array[1, 5]).Array[0, 128]
        from user in User
        select new AssociateRequestPdu(
            1, called.PadRight(16), calling.PadRight(16), PduWriter.ApplicationContext,
            [.. syntaxes.Select((both, i) => new ProposedContext((byte)(2 * i + 1), both.Item1, both.Item2))], user);

    private static readonly AssociateRequestPdu Example = new(
        1, "GATEWAY         ", "SCANNER         ", PduWriter.ApplicationContext,
        [new(1, SopClasses.Verification, [TransferSyntaxes.ImplicitLittleEndian])],
        new() { MaxPduLength = 16_384, ImplementationClassUid = "1.2", ImplementationVersion = "X" });

    [Fact]
    public void An_association_request_reads_back_as_it_was_written() =>
        Request.Sample(request => Same(request, PduParser.ReadAssociateRequest(Body(PduWriter.AssociateRequest(request)))), iter: 2_000);

    [Fact]
    public void An_association_request_reads_the_same_however_the_network_cut_it()
    {
        foreach (var cut in Wire.EverySplit(PduWriter.AssociateRequest(Example)[PduFraming.HeaderLength..]))
            Assert.True(Same(Example, PduParser.ReadAssociateRequest(cut)));
    }

    [Fact]
    public void An_association_request_cut_short_is_an_error_or_a_shorter_list_but_never_a_crash()
    {
        var body = PduWriter.AssociateRequest(Example)[PduFraming.HeaderLength..];
        const int FixedFields = 68;

        for (var length = 0; length < body.Length; length++)
        {
            if (length < FixedFields)
                Assert.Throws<PduException>(() => PduParser.ReadAssociateRequest(new(body[..length])));
            else
                Survives(() => PduParser.ReadAssociateRequest(new(body[..length])));
        }
    }

    [Fact]
    public void An_acceptance_reads_back_as_it_was_written()
    {
        var accept = new AssociateAcceptPdu(
            "GATEWAY         ", "SCANNER         ",
            [new(1, 0, TransferSyntaxes.ExplicitLittleEndian), new(3, 4, TransferSyntaxes.ImplicitLittleEndian)],
            new()
            {
                MaxPduLength = 131_072,
                ImplementationClassUid = "1.2.3",
                ImplementationVersion = "V",
                AsynchronousOperations = (1, 1),
            });

        foreach (var cut in Wire.EverySplit(PduWriter.AssociateAccept(accept)[PduFraming.HeaderLength..]))
        {
            var read = PduParser.ReadAssociateAccept(cut);
            Assert.Equal(accept.Contexts, read.Contexts);
            Assert.Equal(accept.User, read.User);
        }
    }

    [Fact]
    public void Rejection_and_abort_read_back_as_they_were_written()
    {
        Assert.Equal(new(1, 1, 7), PduParser.ReadAssociateReject(Body(PduWriter.AssociateReject(new(1, 1, 7)))));
        Assert.Equal(new(2, 6), PduParser.ReadAbort(Body(PduWriter.Abort(new(2, 6)))));
    }

    [Fact]
    public void A_repeated_or_even_context_id_is_refused()
    {
        foreach (var (first, second) in new[] { (1, 1), (1, 2) })
        {
            var contexts = new[] { first, second }.Select(
                id => new ProposedContext((byte)id, SopClasses.Verification, ["1.2.840.10008.1.2"]));
            var body = Body(PduWriter.AssociateRequest(Example with { Contexts = [.. contexts] }));
            Assert.Throws<PduException>(() => PduParser.ReadAssociateRequest(body));
        }
    }

    [Fact]
    public void Noise_never_does_more_than_raise_a_protocol_error() =>
        Gen.Byte.Array[0, 300].Sample(
            bytes =>
            {
                Survives(() => PduParser.ReadAssociateRequest(new(bytes)));
                Survives(() => PduParser.ReadAssociateAccept(new(bytes)));
                Survives(() => PduParser.ReadAssociateReject(new(bytes)));
                Survives(() => PduParser.ReadAbort(new(bytes)));
                Survives(() => CommandSet.Parse(bytes));
                Survives(() => TakeAll(new(bytes)));
            },
            iter: Fuzzed);

    [Fact]
    public void A_damaged_association_request_never_does_more_than_raise_a_protocol_error()
    {
        var body = PduWriter.AssociateRequest(Example)[PduFraming.HeaderLength..];
        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Byte).Array[1, 4].Sample(
            damage =>
            {
                var copy = body.ToArray();
                foreach (var (at, value) in damage)
                    copy[at] = value;
                Survives(() => PduParser.ReadAssociateRequest(new(copy)));
                Survives(() => PduParser.ReadAssociateAccept(new(copy)));
            },
            iter: Fuzzed);
    }

    [Fact]
    public void Pdvs_come_off_a_pdu_one_by_one()
    {
        byte[] body = [0, 0, 0, 3, 1, 3, 0xAA, 0, 0, 0, 2, 5, 0];

        foreach (var cut in Wire.EverySplit(body))
        {
            var rest = cut;
            var first = Pdv.Take(ref rest);
            var second = Pdv.Take(ref rest);

            Assert.Equal((1, true, true, 1L), (first.ContextId, first.IsCommand, first.IsLast, first.Data.Length));
            Assert.Equal((5, false, false, 0L), (second.ContextId, second.IsCommand, second.IsLast, second.Data.Length));
            Assert.True(rest.IsEmpty);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(4u)]
    [InlineData(0x8000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    public void A_pdv_length_that_does_not_fit_its_pdu_is_refused(uint length)
    {
        var body = new ReadOnlySequence<byte>([(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, 1, 0, 9]);

        Assert.Throws<PduException>(() => Pdv.Take(ref body));
    }

    private static ReadOnlySequence<byte> Body(byte[] pdu)
    {
        var buffer = new ReadOnlySequence<byte>(pdu);
        Assert.True(PduFraming.TryReadPdu(ref buffer, uint.MaxValue, out _, out var body));
        return body;
    }

    private static bool Same(AssociateRequestPdu a, AssociateRequestPdu b) =>
        (a.ProtocolVersion, a.CalledAe, a.CallingAe, a.ApplicationContext, a.User)
            == (b.ProtocolVersion, b.CalledAe, b.CallingAe, b.ApplicationContext, b.User)
        && a.Contexts.Select(c => (c.Id, c.AbstractSyntax, string.Join(' ', c.TransferSyntaxes)))
            .SequenceEqual(b.Contexts.Select(c => (c.Id, c.AbstractSyntax, string.Join(' ', c.TransferSyntaxes))));

    private static void TakeAll(ReadOnlySequence<byte> body)
    {
        while (!body.IsEmpty)
            Pdv.Take(ref body);
    }

    private static void Survives(Action read)
    {
        try
        {
            read();
        }
        catch (PduException)
        {
        }
    }
}
