using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Gateway.DicomNetwork.Tests;

/// <summary>A peer that says exactly what a test wants said, and no more.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Stream _stream;

    private RawPeer(Stream stream) => _stream = stream;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="from">Address it calls from, one of loopback's; null leaves that to the system.</param>
    public static async Task<RawPeer> ConnectAsync(int port, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (from is not null)
            socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
        return new(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Waits for the one client that connects.</summary>
    public static async Task<RawPeer> AcceptAsync(TcpListener listener) =>
        new(new NetworkStream(await listener.AcceptSocketAsync(Cancel), ownsSocket: true));

    /// <summary>Speaks over a transport of the test's own.</summary>
    public static RawPeer Over(Stream transport) => new(transport);

    /// <summary>Connected and associated: context 1 MR in explicit little endian, context 3 Verification.</summary>
    public static async Task<RawPeer> AssociateAsync(int port, IPAddress? from = null)
    {
        var peer = await ConnectAsync(port, from);
        await peer.SendAsync(AssociateRequest());
        Assert.Equal(PduType.AssociateAccept, (await peer.ReadAsync()).Type);
        return peer;
    }

    public static byte[] AssociateRequest() => PduWriter.AssociateRequest(new(
        1, "GATEWAY", "SCANNER", PduWriter.ApplicationContext,
        [
            new(1, GeneratedObject.MrImageStorage, [TransferSyntaxes.ExplicitLittleEndian]),
            new(3, SopClasses.Verification, [TransferSyntaxes.ImplicitLittleEndian]),
        ],
        new() { MaxPduLength = 16_384, ImplementationClassUid = "1.2.3", ImplementationVersion = "TEST" }));

    public static byte[] Data(byte contextId, bool command, bool last, ReadOnlySpan<byte> data)
    {
        var pdu = new byte[PduWriter.DataOverhead + data.Length];
        PduWriter.DataHeader(pdu, contextId, command, last, data.Length);
        data.CopyTo(pdu.AsSpan(PduWriter.DataOverhead));
        return pdu;
    }

    public static byte[] StoreCommand(int instance = 1) => Data(1, command: true, last: true, new CommandSet
    {
        Field = CommandField.StoreRequest,
        MessageId = 1,
        AffectedSopClassUid = GeneratedObject.MrImageStorage,
        AffectedSopInstanceUid = GeneratedObject.Uid(1, instance),
        HasDataSet = true,
    }.ToBytes());

    public static byte[] EchoCommand(CommandField field = CommandField.EchoRequest, bool hasDataSet = false)
    {
        var command = new CommandSet
        {
            Field = field,
            MessageId = 9,
            AffectedSopClassUid = SopClasses.Verification,
            HasDataSet = hasDataSet,
        };
        return Data(3, command: true, last: true, command.ToBytes());
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, Cancel);

    public async Task<(PduType Type, byte[] Body)> ReadAsync()
    {
        var header = await ReadExactlyAsync(PduFraming.HeaderLength);
        return ((PduType)header[0], await ReadExactlyAsync(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))));
    }

    public async Task<CommandSet> ReadResponseAsync()
    {
        var (type, body) = await ReadAsync();
        Assert.Equal(PduType.Data, type);
        return CommandSet.Parse(body.AsSpan(6));
    }

    /// <summary>Expects A-ABORT and nothing before it.</summary>
    public async Task<(byte Source, byte Reason)> ReadAbortAsync()
    {
        var (type, body) = await ReadAsync();
        Assert.Equal(PduType.Abort, type);
        return (body[2], body[3]);
    }

    /// <summary>Says no more, hears the other side out, and returns all it still said.</summary>
    public async Task<byte[]> FinishAsync()
    {
        ((NetworkStream)_stream).Socket.Shutdown(SocketShutdown.Send);
        using var rest = new MemoryStream();
        await _stream.CopyToAsync(rest, Cancel);
        return rest.ToArray();
    }

    /// <summary>Expects the other side to close; with what we said unread that is a reset.</summary>
    public async Task ReadEndAsync()
    {
        try
        {
            Assert.Equal(0, await _stream.ReadAsync(new byte[1], Cancel));
        }
        catch (IOException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // Closed all the same.
        }
    }

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> ReadExactlyAsync(int length)
    {
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes, Cancel);
        return bytes;
    }
}
