using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;

namespace Gateway.DicomNetwork;

/// <summary>A TCP connection, with or without TLS, tuned for DIMSE's request and response.</summary>
internal sealed class ClientConnection : IAsyncDisposable
{
    private readonly Stream _stream;

    private ClientConnection(Socket socket, Stream stream, TimeProvider time)
    {
        _stream = stream;
        Channel = new(
            PipeReader.Create(stream, new(bufferSize: 16_384, leaveOpen: true)), stream, time, () => DelayedAcknowledgement.Avoid(socket));
    }

    public PduChannel Channel { get; }

    /// <exception cref="DicomNetworkException">No connection within the time-out.</exception>
    public static async Task<ClientConnection> OpenAsync(DicomClientOptions options, TimeProvider time, CancellationToken cancel)
    {
        using var expiry = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is { } tls)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync(tls, either.Token);
                stream = secure;
            }

            return new(socket, stream, time);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            socket.Dispose();
            throw new DicomNetworkException($"No connection to {options.Host}:{options.Port}: {Describe(error)}", error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Channel.Dispose();
        return _stream.DisposeAsync();
    }

    private static string Describe(Exception error) =>
        error is OperationCanceledException ? "no answer in time." : error.Message;
}
