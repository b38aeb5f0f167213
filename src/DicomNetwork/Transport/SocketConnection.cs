using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.DicomNetwork;

/// <summary>One TCP connection (PS3.8 §9.1), as Kestrel and <see cref="DicomConnectionHandler"/> see it.</summary>
internal sealed class SocketConnection : ConnectionContext, IConnectionSocketFeature, IDuplexPipe
{
    /// <summary>Bytes. A PDU of 128 KB takes two or three, for as long as it is looked at; a connection that waits holds none.</summary>
    private const int BufferBytes = 65_536;

    /// <summary>Where less of a buffer is left, another is taken; bytes.</summary>
    private const int MinimumReadBytes = 8_192;

    /// <summary>Never disposed, which without a timer it need not be: a server that stops aborts also what has just ended.</summary>
    private readonly CancellationTokenSource _closed = new();

    private readonly NetworkStream _stream;

    public SocketConnection(Socket socket)
    {
        Socket = socket;
        socket.NoDelay = true;    // an answer must not wait for the acknowledgement of the one before
        _stream = new(socket, ownsSocket: true);
        Input = PipeReader.Create(
            _stream, new(bufferSize: BufferBytes, minimumReadSize: MinimumReadBytes, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(_stream, new(leaveOpen: true));
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        ConnectionClosed = _closed.Token;
        Transport = this;
        Features.Set<IConnectionSocketFeature>(this);
    }

    public Socket Socket { get; }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public override string ConnectionId { get; set; } = Guid.CreateVersion7().ToString();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    /// <summary>Fires when the server gives the connection up, or has served it.</summary>
    public override CancellationToken ConnectionClosed { get; set; }

    /// <summary>Ends the connection for its reader and its writer.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        Shutdown();
        _closed.Cancel();
    }

    public override async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        Shutdown();
        await _closed.CancelAsync();
        await _stream.DisposeAsync();
        await base.DisposeAsync();
    }

    private void Shutdown()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // That is what was wanted.
        }
    }
}
