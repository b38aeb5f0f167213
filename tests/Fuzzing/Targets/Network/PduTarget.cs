using System.Buffers;
using Gateway.DicomNetwork;

namespace Gateway.Fuzzing.Targets;

/// <summary>Framing and parsing of every PDU (PS3.8 §9.3).</summary>
public sealed class PduTarget : FuzzTarget
{
    private const uint MaxLength = 262_144;

    public override string Name => "pdu";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        WireSeeds.Request, WireSeeds.Accept, PduWriter.AssociateReject(new(1, 1, 3)), PduWriter.Abort(new(2, 1)),
        PduWriter.ReleaseRequest(), WireSeeds.Data(1, true, true, WireSeeds.StoreCommand), [.. WireSeeds.Request, .. WireSeeds.Accept],
    ];

    public override IReadOnlyList<byte[]> Words => WireSeeds.Words;

    public override void Run(byte[] input)
    {
        var rest = new ReadOnlySequence<byte>(input);
        while (PduFraming.TryReadPdu(ref rest, MaxLength, out var type, out var body))
            Read(type, body);
    }

    public override bool IsRefusal(Exception e) => e is PduException;

    private static void Read(PduType type, ReadOnlySequence<byte> body)
    {
        switch (type)
        {
            case PduType.AssociateRequest:
                Again(PduParser.ReadAssociateRequest(body));
                break;
            case PduType.AssociateAccept:
                PduParser.ReadAssociateAccept(body);
                break;
            case PduType.AssociateReject:
                PduParser.ReadAssociateReject(body);
                break;
            case PduType.Abort:
                PduParser.ReadAbort(body);
                break;
            case PduType.Data:
                while (!body.IsEmpty)
                    Pdv.Take(ref body);
                break;
        }
    }

    /// <summary>What was read is written, and read again as the same.</summary>
    private static void Again(AssociateRequestPdu request)
    {
        var written = new ReadOnlySequence<byte>(PduWriter.AssociateRequest(request));
        var again = PduParser.ReadAssociateRequest(written.Slice(PduFraming.HeaderLength));
        if (again.User with { Roles = [] } != request.User with { Roles = [] } || !again.User.Roles.SequenceEqual(request.User.Roles)
            || !again.Contexts.Select(context => (context.Id, context.AbstractSyntax))
                .SequenceEqual(request.Contexts.Select(context => (context.Id, context.AbstractSyntax)))
            || (again.CallingAe, again.CalledAe) != (request.CallingAe, request.CalledAe))
            throw new FuzzException("An association request reads differently when it is written again.");
    }
}
