using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.DicomNetwork;

/// <summary>A DICOM port on a Kestrel of its own: an endpoint added to the web server's would replace the addresses that one is told by
/// configuration (PS3.8 §9.1).</summary>
/// <param name="endpoint">Port 0 takes a free one.</param>
/// <param name="handler">Serves the connections of both ports.</param>
/// <param name="loggers">Kestrel's own, and ours.</param>
/// <param name="tls">Settings of a second port, for TLS, at the same address; null: no such port.</param>
public sealed partial class DicomServer(IPEndPoint endpoint, DicomConnectionHandler handler, ILoggerFactory loggers, DicomTls? tls = null)
    : IHostedLifecycleService, IDisposable
{
    private readonly KestrelServer _server = new(
        Options.Create(Listening(endpoint, handler, tls)),
        new SocketTransport(),
        loggers);

    private readonly ILogger _logger = loggers.CreateLogger<DicomServer>();

    /// <summary>Where it listens, once started (PS3.8 §9.1.1).</summary>
    public int Port => Ports.First();

    /// <summary>The address of the TLS port (PS3.15 §B.12) after the start; null when there is none.</summary>
    public int? TlsPort => tls is null ? null : Ports.Last();

    /// <summary>Opens the ports (PS3.8 §9.1).</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(new NoHttp(), cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            var setting = tls is not null && error.Message.Contains($":{tls.Port}:", StringComparison.Ordinal) ? "Tls:Port" : "Port";
            throw new IOException(
                $"The DICOM port cannot be opened at {endpoint.Address}: {error.GetBaseException().Message}. Another is chosen with {DicomServerOptions.Section}:{setting}.",
                error);
        }

        LogListening(_logger, endpoint.Address, Port, TlsPort);
    }

    /// <summary>Before anything else of the process stops: associations end (PS3.8 §7.3), and a new one is refused rather than not
    /// heard.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        handler.Drain();
        return Task.CompletedTask;
    }

    /// <summary>Accepts no more connections; each association may finish its object and is then aborted (PS3.8 §7.3).</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        handler.Drain();
        return _server.StopAsync(cancellationToken);
    }

    /// <summary>Nothing: the ports (PS3.8 §9.1) open in <see cref="StartAsync"/>.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing more: the ports (PS3.8 §9.1) are open.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing more: the ports (PS3.8 §9.1) are closed.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes the ports (PS3.8 §9.1).</summary>
    public void Dispose() => _server.Dispose();

    private IEnumerable<int> Ports => _server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port);

    private static KestrelServerOptions Listening(IPEndPoint endpoint, DicomConnectionHandler handler, DicomTls? tls)
    {
        var options = new KestrelServerOptions();
        options.Listen(endpoint, listen => listen.Run(handler.OnConnectedAsync));
        if (tls is not null)
            options.Listen(
                new IPEndPoint(endpoint.Address, tls.Port), listen => listen.Run(connection => handler.OnConnectedAsync(connection, tls)));
        return options;
    }

    [LoggerMessage(
        EventId = 1006, Level = LogLevel.Information, Message = "DICOM is listening on {Address}, port {Port}, TLS port {TlsPort}")]
    private static partial void LogListening(ILogger logger, IPAddress address, int port, int? tlsPort);

    /// <summary>Kestrel asks for an HTTP application even where no endpoint speaks HTTP.</summary>
    private sealed class NoHttp : IHttpApplication<object>
    {
        public object CreateContext(IFeatureCollection contextFeatures) => throw new NotSupportedException();

        public void DisposeContext(object context, Exception? exception) { }

        public Task ProcessRequestAsync(object context) => throw new NotSupportedException();
    }
}
