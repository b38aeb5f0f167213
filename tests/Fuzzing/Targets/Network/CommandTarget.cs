using Gateway.DicomNetwork;

namespace Gateway.Fuzzing.Targets;

/// <summary>DIMSE command sets (PS3.7 §6.3 and Annex E).</summary>
public sealed class CommandTarget : FuzzTarget
{
    public override string Name => "command";

    public override IReadOnlyList<byte[]> Seeds { get; } =
        [WireSeeds.StoreCommand, WireSeeds.EchoCommand, WireSeeds.EchoResponse, WireSeeds.ActionCommand];

    public override IReadOnlyList<byte[]> Words => WireSeeds.Words;

    public override void Run(byte[] input)
    {
        var command = CommandSet.Parse(input);
        if (!CommandSet.Parse(command.ToBytes()).ToBytes().AsSpan().SequenceEqual(command.ToBytes()))
            throw new FuzzException("A command set reads differently when it is written again.");
        _ = (command.AffectedSopClassUid, command.AffectedSopInstanceUid, command.ErrorComment);
        _ = (command.HasDataSet, (command.Field & CommandField.Response) == 0 ? command.MessageId : command.Status);
    }

    public override bool IsRefusal(Exception e) => e is PduException;
}
