using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Receive;

/// <summary>One association of the floor: blocking, on a thread of its own, one buffer of one PDU.</summary>
internal sealed class FloorAssociation(Socket socket, string folder, FloorLog log) : IDisposable
{
    private const int MaxPdu = 131_072;

    private readonly byte[] _buffer = new byte[MaxPdu + 6];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _path = Path.Combine(folder, $"{Guid.CreateVersion7()}.part");
    private CommandSet? _request;
    private SafeFileHandle? _file;
    private long _bytes;

    public void Run()
    {
        socket.NoDelay = true;
        while (true)
        {
            Fill(0, 6);
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(2));
            Fill(6, length);
            switch ((PduType)_buffer[0])
            {
                case PduType.AssociateRequest:
                    Accept(_buffer.AsMemory(6, length));
                    break;
                case PduType.Data:
                    Take(_buffer.AsSpan(6, length));
                    break;
                case PduType.ReleaseRequest:
                    socket.Send(PduWriter.ReleaseResponse());
                    Fill(0, 6);    // the peer closes
                    break;
                default:
                    return;
            }
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _file?.Dispose();
        _hash.Dispose();
    }

    private void Fill(int start, int length)
    {
        for (var end = start + length; start < end;)
        {
            var read = socket.Receive(_buffer, start, end - start, SocketFlags.None);
            start += read > 0 ? read : throw new EndOfStreamException();
        }
    }

    private void Accept(ReadOnlyMemory<byte> body)
    {
        var request = PduParser.ReadAssociateRequest(new ReadOnlySequence<byte>(body));
        socket.Send(PduWriter.AssociateAccept(new Negotiation(request, session: null!).Accept(MaxPdu)));
    }

    private void Take(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body);
            var (context, control) = (body[4], body[5]);
            var data = body[6..(length + 4)];
            body = body[(length + 4)..];
            if ((control & 1) != 0)
                Begin(context, CommandSet.Parse(data));
            else
                Write(data);
            if (control == 2)
                Finish(context);
        }
    }

    private void Begin(byte context, CommandSet request)
    {
        _request = request;
        if (!request.HasDataSet)
        {
            Respond(context);
            return;
        }

        _file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write);
        _bytes = 0;
    }

    private void Write(ReadOnlySpan<byte> data)
    {
        _hash.AppendData(data);
        RandomAccess.Write(_file!, data, _bytes);
        _bytes += data.Length;
    }

    private void Finish(byte context)
    {
        RandomAccess.FlushToDisk(_file!);
        _file!.Dispose();
        File.Move(_path, Path.Combine(folder, Convert.ToHexStringLower(_hash.GetHashAndReset())));
        DirectoryFlush.Flush(folder);
        log.Commit();
        Respond(context);
    }

    private void Respond(byte context)
    {
        var response = new CommandSet
        {
            Field = _request!.Field | CommandField.Response,
            MessageIdRespondedTo = _request.MessageId,
            AffectedSopClassUid = _request.AffectedSopClassUid,
            AffectedSopInstanceUid = _request.AffectedSopInstanceUid,
            HasDataSet = false,
            Status = DimseStatus.Success,
        }.ToBytes();
        var pdu = new byte[PduWriter.DataOverhead + response.Length];
        PduWriter.DataHeader(pdu, context, command: true, last: true, response.Length);
        response.CopyTo(pdu, PduWriter.DataOverhead);
        socket.Send(pdu);
    }
}
