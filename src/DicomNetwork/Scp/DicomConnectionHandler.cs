using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Gateway.DicomNetwork;

/// <summary>DICOM on a Kestrel endpoint (PS3.8 §9.1): <c>listen.Run(handler.OnConnectedAsync)</c>, as <see cref="DicomServer"/>
/// does.</summary>
public sealed partial class DicomConnectionHandler(
    IDicomService service, DicomServerOptions options, TimeProvider time, ILogger<DicomConnectionHandler> logger)
        : ConnectionHandler, IDisposable
{
    private readonly AssociationCount _open = new();
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _cut = new(Timeout.InfiniteTimeSpan, time);
    private readonly ConnectionLimits _limits = new(options.MaxConnections, options.MaxConnectionsPerAddress);
    private readonly Sparingly _logTooMany = new(time, TimeSpan.FromMinutes(1));

    /// <summary>From now on associations are told that the server stops, so that they can be refused for now. Those that are open are
    /// aborted (PS3.8 §7.3) after the message under way, or within it once <see cref="DicomServerOptions.StopTimeout"/> is over.</summary>
    public void Drain()
    {
        if (_drain.IsCancellationRequested)
            return;
        _cut.CancelAfter(options.StopTimeout);
        _ = _drain.CancelAsync();
    }

    /// <summary>Once the last connection (PS3.8 §9.1) is over.</summary>
    public void Dispose()
    {
        _drain.Dispose();
        _cut.Dispose();
    }

    /// <summary>Serves one transport connection (PS3.8 §9.1) to its end.</summary>
    public override Task OnConnectedAsync(ConnectionContext connection) => OnConnectedAsync(connection, null);

    /// <summary>Serves one transport connection (PS3.8 §9.1) to its end, behind TLS (PS3.15 §B.12) where that is not null.</summary>
    internal async Task OnConnectedAsync(ConnectionContext connection, DicomTls? tls)
    {
        var remote = AddressOf(connection.RemoteEndPoint);
        if (!_limits.TryEnter(remote))
        {
            if (_logTooMany.Now())
                LogTooMany(remote, options.MaxConnections, options.MaxConnectionsPerAddress);
            return;
        }

        try
        {
            await ServeAsync(connection, remote, tls);
        }
        finally
        {
            _limits.Leave(remote);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, IPAddress remote, DicomTls? tls)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        socket?.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        if (tls is null)
        {
            var (input, output) = (connection.Transport.Input, connection.Transport.Output.AsStream(leaveOpen: true));
            await ServeAsync(connection, input, output, new(remote, null), stopping);
        }
        else if (await tls.AcceptAsync(connection, remote, stopping) is { } secure)
        {
            await using (secure)
                await ServeAsync(
                    connection, PipeReader.Create(secure, new(bufferSize: 16_384, leaveOpen: true)), secure,
                    PeerOf(remote, secure), stopping);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, PipeReader input, Stream output, Peer peer, CancellationToken stopping)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        using var channel = new PduChannel(input, output, time, () => DelayedAcknowledgement.Avoid(socket));
        var upper = new UpperLayer(channel, requestor: false, new(options.MaxPduLength, options.DimseTimeout), time);
        var association = new ServedAssociation(upper, service, options, peer, _open, time, logger);
        await using (_cut.Token.Register(association.Cut))
        await using (_drain.Token.Register(association.Stop))
        await using (stopping.Register(association.Stop))
            await association.RunAsync(connection.ConnectionClosed);
        if (channel.IsStuck)    // Kestrel would wait for the peer to read the rest before it closes
            connection.Abort(new ConnectionAbortedException("The peer does not read."));
    }

    private static Peer PeerOf(IPAddress remote, SslStream secure) => new(remote, (secure.RemoteCertificate as X509Certificate2)?.Subject);

    private static IPAddress AddressOf(EndPoint? remote) =>
        remote is IPEndPoint { Address: var address } ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : IPAddress.None;

    [LoggerMessage(
        EventId = 1001, Level = LogLevel.Warning,
        Message = "A connection from {Remote} was closed at once: {Limit}, or {PerAddress} from there, are open")]
    private partial void LogTooMany(IPAddress remote, int limit, int perAddress);
}
