using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Fhir:Server</c> section: an external FHIR R4 server that is told of every study.</summary>
public sealed class FhirServerOptions
{
    public const string Section = "Fhir:Server";

    /// <summary>Its base URL; null: there is none.</summary>
    public Uri? Url { get; init; }

    /// <summary>How long one request may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How a study names its patient there.</summary>
    public FhirPatientPolicy Patient { get; init; }

    /// <summary>File with a bearer token, read anew for every request.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Token endpoint of client credentials (RFC 6749 4.4); null: no token is asked for.</summary>
    public Uri? TokenUrl { get; init; }

    /// <summary>Name of this client at <see cref="TokenUrl"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>PEM file of the private key (RSA, or EC P-384 or P-256) that signs for this client: SMART Backend Services.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Id of that key in the set that the server knows.</summary>
    public string? KeyId { get; init; }

    /// <summary>File of the client's secret, where the server knows it by one instead of a key.</summary>
    public string? SecretFile { get; init; }

    /// <summary>What is asked for at <see cref="TokenUrl"/>, separated by spaces.</summary>
    public string Scope { get; init; } = "system/*.crus";

    /// <summary>TLS settings of the server and of <see cref="TokenUrl"/>; null: public authorities are trusted, and no certificate is
    /// shown.</summary>
    [ValidateObjectMembers]
    public DicomClientTlsOptions? Tls { get; init; }

    /// <summary>Follows no redirection. Certificates are read anew for each connection, which lives for 5 minutes.</summary>
    internal HttpClient Client()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (Tls is not null)
            handler.ConnectCallback = (context, cancel) =>
                ConnectAsync(context.DnsEndPoint, context.InitialRequestMessage.RequestUri!.Scheme == "https" ? Tls : null, cancel);
        return new(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint peer, DicomClientTlsOptions? tls, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        IDisposable open = socket;
        try
        {
            await socket.ConnectAsync(peer, cancel);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is null)
                return stream;
            var secure = new SslStream(stream);
            open = secure;
            await secure.AuthenticateAsClientAsync(tls.For(peer.Host), cancel);
            return secure;
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    /// <summary>A sentence for the first thing that is wrong; null: nothing is.</summary>
    public string? Fault() => this switch
    {
        { Url: not null and not ({ IsAbsoluteUri: true, Scheme: "http" or "https" } and { Query: "", Fragment: "" }) } =>
            "Fhir:Server:Url is no http or https URL without a query.",
        { TokenUrl: not null and not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            "Fhir:Server:TokenUrl is no http or https URL.",
        { TokenUrl: not null, TokenFile: not null } => "Fhir:Server has either a TokenFile or a TokenUrl.",
        { TokenUrl: not null, ClientId: null } => "Fhir:Server:TokenUrl needs a ClientId.",
        { TokenUrl: not null, KeyFile: null, SecretFile: null } or { KeyFile: not null, SecretFile: not null } =>
            "Fhir:Server:TokenUrl needs either a KeyFile or a SecretFile.",
        { Url.Scheme: "http", Tls: not null } => "Fhir:Server:Url is https:// where Tls is set.",
        _ => null,
    };
}
