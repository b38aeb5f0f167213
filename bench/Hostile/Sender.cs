using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.DicomNetwork;

namespace Gateway.Hostile;

/// <summary>A scanner on one association: the same image again and again, each under a UID of its own.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    private const int MaxPdu = 131_072;

    private static readonly string Run = (1_000_000_000 + Environment.ProcessId).ToString(CultureInfo.InvariantCulture);

    private readonly NetworkStream _stream;
    private readonly byte[] _dataSet;
    private readonly int _uidAt;

    private Sender(NetworkStream stream, byte[] dataSet, int uidAt) => (_stream, _dataSet, _uidAt) = (stream, dataSet, uidAt);

    /// <summary>A-ASSOCIATE-RQ for MR in explicit little endian, as every caller here sends it.</summary>
    public static byte[] Request { get; } = PduWriter.AssociateRequest(new(
        1, "GATEWAY", "SCANNER", PduWriter.ApplicationContext, [new(1, MrImageStorage, [TransferSyntaxes.ExplicitLittleEndian])],
        new() { MaxPduLength = MaxPdu, ImplementationClassUid = "1.2.3" }));

    public static async Task<NetworkStream> ConnectAsync(int port, IPAddress from, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        return new(socket, ownsSocket: true);
    }

    /// <exception cref="InvalidOperationException">It was not let in.</exception>
    public static async Task<Sender> OpenAsync(int port, int pixelBytes, CancellationToken cancel)
    {
        var stream = await ConnectAsync(port, IPAddress.Loopback, cancel);
        await stream.WriteAsync(Request, cancel);
        if (await ReadAsync(stream, cancel) != PduType.AssociateAccept)
            throw new InvalidOperationException("A legitimate sender was not let in.");
        var dataSet = DataSet(pixelBytes);
        return new(stream, dataSet, dataSet.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Uid(0))));
    }

    public async Task StoreAsync(int number, CancellationToken cancel)
    {
        Encoding.ASCII.GetBytes(Uid(number)).CopyTo(_dataSet, _uidAt);
        await _stream.WriteAsync(StoreCommand(number), cancel);
        for (var at = 0; at < _dataSet.Length;)
        {
            var length = Math.Min(_dataSet.Length - at, MaxPdu - PduWriter.DataOverhead);
            await _stream.WriteAsync(Data(command: false, last: at + length == _dataSet.Length, _dataSet.AsSpan(at, length)), cancel);
            at += length;
        }

        if (await ReadAsync(_stream, cancel) != PduType.Data)
            throw new InvalidOperationException("A legitimate sender was aborted.");
    }

    public static byte[] StoreCommand(int number) => Data(command: true, last: true, new CommandSet
    {
        Field = CommandField.StoreRequest,
        MessageId = 1,
        AffectedSopClassUid = MrImageStorage,
        AffectedSopInstanceUid = Uid(number),
        HasDataSet = true,
    }.ToBytes());

    public static byte[] Data(bool command, bool last, ReadOnlySpan<byte> data)
    {
        var pdu = new byte[PduWriter.DataOverhead + data.Length];
        PduWriter.DataHeader(pdu, 1, command, last, data.Length);
        data.CopyTo(pdu.AsSpan(PduWriter.DataOverhead));
        return pdu;
    }

    /// <summary>The next PDU's type; its body is read and dropped.</summary>
    public static async Task<PduType> ReadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var header = new byte[PduFraming.HeaderLength];
        await stream.ReadExactlyAsync(header, cancel);
        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))], cancel);
        return (PduType)header[0];
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.WriteAsync(PduWriter.ReleaseRequest());
        await ReadAsync(_stream, default);
        await _stream.DisposeAsync();
    }

    /// <summary>Always as long, so that one can be written over another.</summary>
    private static string Uid(int number) => $"1.2.826.0.1.3680043.10.999.{Run}.{number + 1_000_000_000}";

    private static byte[] DataSet(int pixelBytes)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
            .Add(DicomTag.SOPClassUID, MrImageStorage).Add(DicomTag.SOPInstanceUID, Uid(0))
            .Add(DicomTag.Modality, "MR").Add(DicomTag.PatientID, "HOSTILE")
            .Add(DicomTag.StudyInstanceUID, $"1.2.826.0.1.3680043.10.999.{Run}")
            .Add(DicomTag.SeriesInstanceUID, $"1.2.826.0.1.3680043.10.999.{Run}.1")
            .Add(DicomTag.Rows, (ushort)(pixelBytes / 512)).Add(DicomTag.Columns, (ushort)256)
            .Add(DicomTag.BitsAllocated, (ushort)16).Add(DicomTag.SamplesPerPixel, (ushort)1)
            .Add(DicomVR.OW, DicomTag.PixelData, Enumerable.Range(0, pixelBytes / 512 * 256).Select(i => (ushort)(i * 7)).ToArray());
        using var stream = new MemoryStream();
        new DicomFile(dataset).Save(stream);
        var bytes = stream.ToArray();
        const int GroupLength = 128 + 4 + 8;    // its value says how many bytes of file meta information follow it
        return bytes[(GroupLength + 4 + BitConverter.ToInt32(bytes, GroupLength))..];
    }
}
