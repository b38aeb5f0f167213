using System.Buffers;
using Gateway.DicomNetwork;

namespace Gateway.Fuzzing.Targets;

/// <summary>Sub-items of the user information alone (PS3.7 §D.3.3), inside a request that is otherwise whole.</summary>
public sealed class UserInformationTarget : FuzzTarget
{
    private const int FixedFields = 68;

    public override string Name => "user-information";

    public override IReadOnlyList<byte[]> Seeds { get; } = [
        SubItems(WireSeeds.User), SubItems(WireSeeds.User with { AsynchronousOperations = null })];

    public override IReadOnlyList<byte[]> Words => WireSeeds.Words;

    public override byte[] Wrap(byte[] mutated)
    {
        var length = Math.Min(mutated.Length, ushort.MaxValue);
        return [.. new byte[FixedFields], ItemType.UserInformation, 0, (byte)(length >> 8), (byte)length, .. mutated.AsSpan(0, length)];
    }

    public override void Run(byte[] input) => PduParser.ReadAssociateRequest(new ReadOnlySequence<byte>(input));

    public override bool IsRefusal(Exception e) => e is PduException;

    /// <summary>A request without contexts: header and fixed fields, the application context item, the user information item's
    /// header.</summary>
    private static byte[] SubItems(UserInformation user)
    {
        const int ItemHeader = 4;
        var pdu = PduWriter.AssociateRequest(new(1, "A", "B", PduWriter.ApplicationContext, [], user));
        return pdu[(PduFraming.HeaderLength + FixedFields + ItemHeader + PduWriter.ApplicationContext.Length + ItemHeader)..];
    }
}
