using Gateway.DicomNetwork;

namespace Gateway.Fuzzing.Targets;

/// <summary>Well-formed PDUs and messages, and the byte strings that mean something in them.</summary>
internal static class WireSeeds
{
    private const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    private const string Commitment = "1.2.840.10008.1.20.1";

    /// <summary>PDU types, item types with a length, lengths that do not fit, command fields.</summary>
    public static IReadOnlyList<byte[]> Words { get; } =
    [
        .. Enumerable.Range(1, 8).Select(type => new byte[] { (byte)type, 0, 0, 0, 0, 4 }),
        .. ((byte[])[0x10, 0x20, 0x21, 0x30, 0x40, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59]).Select(
            item => new byte[] { item, 0, 0, 4 }),
        [0x04, 0, 0xFF, 0xFF, 0xFF, 0xFF], [0x01, 0, 0x20, 0, 0, 0], [0xFF, 0xFF], [0, 0], [0, 0, 0, 0, 4, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, 0, 0, 1, 0], [0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0], [0, 0, 0, 8, 2, 0, 0, 0, 1, 1],
        [.. "1.2.840.10008.3.1.1.1"u8], [.. "1.2.840.10008.1.2.1.99"u8], [.. "1.2.840.10008.1.20.1"u8],
    ];

    public static UserInformation User { get; } = new()
    {
        MaxPduLength = 16_384,
        ImplementationClassUid = "1.2.3",
        ImplementationVersion = "FUZZ",
        AsynchronousOperations = (1, 1),
        Roles = [new(Commitment, Scu: true, Scp: true)],
    };

    public static byte[] Request { get; } = PduWriter.AssociateRequest(new(
        1, "GATEWAY", "SCANNER", PduWriter.ApplicationContext,
        [
            new(1, MrImageStorage, [TransferSyntaxes.ExplicitLittleEndian, TransferSyntaxes.ImplicitLittleEndian]),
            new(3, SopClasses.Verification, [TransferSyntaxes.ImplicitLittleEndian]),
            new(5, Commitment, [TransferSyntaxes.ExplicitLittleEndian]),
            new(7, MrImageStorage, [TransferSyntaxes.DeflatedLittleEndian]),
        ],
        User));

    public static byte[] Accept { get; } = PduWriter.AssociateAccept(new(
        "GATEWAY", "SCANNER", [new(1, 0, TransferSyntaxes.ExplicitLittleEndian), new(3, 3, TransferSyntaxes.ImplicitLittleEndian)], User));

    public static byte[] StoreCommand { get; } = new CommandSet
    {
        Field = CommandField.StoreRequest,
        MessageId = 1,
        Priority = 0,
        AffectedSopClassUid = MrImageStorage,
        AffectedSopInstanceUid = "1.2.3.4",
        HasDataSet = true,
    }.ToBytes();

    public static byte[] EchoCommand { get; } = new CommandSet
    {
        Field = CommandField.EchoRequest, MessageId = 2, AffectedSopClassUid = SopClasses.Verification, HasDataSet = false,
    }.ToBytes();

    public static byte[] EchoResponse { get; } = new CommandSet
    {
        Field = CommandField.EchoResponse, MessageIdRespondedTo = 2, HasDataSet = false, Status = 0, ErrorComment = "none",
    }.ToBytes();

    public static byte[] ActionCommand { get; } = StorageCommitment.ActionRequest(3).ToBytes();

    public static byte[] Data(byte context, bool command, bool last, ReadOnlySpan<byte> data)
    {
        var pdu = new byte[PduWriter.DataOverhead + data.Length];
        PduWriter.DataHeader(pdu, context, command, last, data.Length);
        data.CopyTo(pdu.AsSpan(PduWriter.DataOverhead));
        return pdu;
    }

    /// <summary>The data set of <see cref="SampleData"/> as it goes over the wire.</summary>
    public static byte[] DataSet(DicomTransferSyntax syntax)
    {
        using var stream = new MemoryStream();
        new DicomFile(SampleData.DataSet(syntax)).Save(stream);
        var bytes = stream.ToArray();
        const int GroupLength = 128 + 4 + 8;    // its value says how many bytes of file meta information follow it
        return bytes[(GroupLength + 4 + BitConverter.ToInt32(bytes, GroupLength))..];
    }
}
