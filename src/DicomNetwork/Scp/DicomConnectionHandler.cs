using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Gateway.DicomNetwork;

/// <summary>DICOM on a Kestrel endpoint: <c>listen.Run(handler.OnConnectedAsync)</c>, as <see cref="DicomServer"/> does.</summary>
public sealed partial class DicomConnectionHandler(
    IDicomService service, DicomServerOptions options, TimeProvider time, ILogger<DicomConnectionHandler> logger) : ConnectionHandler
{
    private readonly AssociationCount _open = new();
    private int _connections;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        try
        {
            if (Interlocked.Increment(ref _connections) > options.MaxConnections)
                LogTooMany(options.MaxConnections);
            else
                await ServeAsync(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        socket?.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        var (input, output) = (connection.Transport.Input, connection.Transport.Output.AsStream(leaveOpen: true));
        var channel = new PduChannel(input, output, time, () => DelayedAcknowledgement.Avoid(socket));
        var upper = new UpperLayer(channel, requestor: false, new(options.MaxPduLength, options.DimseTimeout), time);
        var association = new ServedAssociation(upper, service, options, AddressOf(connection.RemoteEndPoint), _open, logger);
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;

        await using (stopping.Register(association.Stop))
            await association.RunAsync(connection.ConnectionClosed);
    }

    private static IPAddress AddressOf(EndPoint? remote) =>
        remote is IPEndPoint { Address: var address } ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : IPAddress.None;

    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "A connection was closed at once: {Limit} are open")]
    private partial void LogTooMany(int limit);
}
