using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Gateway.DicomNetwork;

/// <summary>TLS in front of an SCP (PS3.15 §B.12): handshakes under a time-out, with the certificates that lie in the files at that
/// moment.</summary>
public sealed partial class DicomTls
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private readonly DicomTlsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _reload = new();
    private readonly Sparingly _logNoHandshake;
    private TlsFiles _seen;
    private TlsMaterial _material;

    /// <summary>Reads the files of PS3.15 §B.12's credentials for the first time.</summary>
    /// <exception cref="InvalidOperationException">They cannot be used; the message says why.</exception>
    public DicomTls(DicomTlsOptions options, TimeProvider time, ILogger<DicomTls> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _logNoHandshake = new(time, TimeSpan.FromSeconds(1));
        try
        {
            _seen = TlsFiles.Read(options);
            _material = Load(_seen);
        }
        catch (Exception error) when (IsUnusable(error))
        {
            throw new InvalidOperationException($"The certificates of {DicomTlsOptions.Section} cannot be used: {error.Message}", error);
        }
    }

    internal int Port => _options.Port ?? 0;

    /// <summary>The decrypted connection; null when the handshake failed, which has been logged.</summary>
    internal async Task<SslStream?> AcceptAsync(ConnectionContext connection, IPAddress remote, CancellationToken stopping)
    {
        using var expiry = new CancellationTokenSource(_options.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, stopping, connection.ConnectionClosed);
        var secure = new SslStream(new DuplexPipeStream(connection.Transport));
        try
        {
            await secure.AuthenticateAsServerAsync((_, _, _, _) => new(Current().ForHandshake()), null, either.Token);
            return secure;
        }
        catch (Exception error)
            when (error is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            if (_logNoHandshake.Now())
                LogNoHandshake(remote, expiry.IsCancellationRequested ? "it took too long" : error.Message);
            await secure.DisposeAsync();
            return null;
        }
    }

    /// <summary>The certificates in the files. While a file cannot be used (it may be half written), the last good ones; the next
    /// handshake reads it again.</summary>
    private TlsMaterial Current()
    {
        lock (_reload)
        {
            try
            {
                var now = TlsFiles.Read(_options);
                if (now.Same(_seen))
                    return _material;
                _seen = now;
                _material = Load(now);
                LogReloaded();
            }
            catch (Exception error) when (IsUnusable(error))
            {
                LogNotReloaded(error.Message);
            }

            return _material;
        }
    }

    private TlsMaterial Load(TlsFiles files)
    {
        var (material, now) = (new TlsMaterial(_options, files, _time.GetUtcNow()), _time.GetUtcNow());
        if (material.Expiry - now < Soon)
            LogExpiresSoon(material.Expiry);
        return material;
    }

    internal static bool IsUnusable(Exception error) =>
        error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    [LoggerMessage(EventId = 1007, Level = LogLevel.Information, Message = "No TLS handshake with {Remote}: {Reason}")]
    private partial void LogNoHandshake(IPAddress remote, string reason);

    [LoggerMessage(EventId = 1008, Level = LogLevel.Information, Message = "The certificates of the DICOM port were replaced")]
    private partial void LogReloaded();

    [LoggerMessage(
        EventId = 1009, Level = LogLevel.Warning,
        Message = "The certificates of the DICOM port were replaced by what cannot be used; the old ones stay: {Reason}")]
    private partial void LogNotReloaded(string reason);

    [LoggerMessage(
        EventId = 1010, Level = LogLevel.Warning,
        Message = "The certificate of the DICOM port expires on {Expiry:yyyy-MM-dd}; the port does not start after that")]
    private partial void LogExpiresSoon(DateTimeOffset expiry);
}
