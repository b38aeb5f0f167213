using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Ends TLS before a server that has none: Debian's Orthanc 1.10.1 dies of the first connection to its own HTTPS, in the CivetWeb
/// it is linked with.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _identity;
    private readonly int _port;
    private readonly Task _serving;
    private int _handshakes;

    /// <param name="identity">Its certificate, with its key.</param>
    /// <param name="port">Of the server behind it, on this machine.</param>
    public TlsFront(X509Certificate2 identity, int port)
    {
        (_identity, _port) = (identity, port);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were secured.</summary>
    public int Handshakes => _handshakes;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ForwardAsync(TcpClient caller)
    {
        using (caller)
        using (var server = new TcpClient())
        {
            try
            {
                await using var secure = new SslStream(caller.GetStream());
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _identity }, _stop.Token);
                Interlocked.Increment(ref _handshakes);
                await server.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
                var plain = server.GetStream();
                await Task.WhenAny(secure.CopyToAsync(plain, _stop.Token), plain.CopyToAsync(secure, _stop.Token));
            }
            catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException or SocketException)
            {
                // The caller sees it.
            }
        }
    }
}
