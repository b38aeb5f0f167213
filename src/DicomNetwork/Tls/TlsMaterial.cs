using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.DicomNetwork;

/// <summary>Who we are and whom we trust, as the files said at one moment.</summary>
internal sealed class TlsMaterial
{
    /// <summary>DICOM's protocol name (RFC 7301, IANA): offered to peers that ask, not asked of those that do not.</summary>
    private static readonly List<SslApplicationProtocol> Protocols = [new("dicom"), new("DICOM")];

    private readonly ClientCertificatePolicy _policy;
    private readonly SslStreamCertificateContext _identity;
    private readonly X509Certificate2Collection _roots;

    /// <exception cref="System.Security.Cryptography.CryptographicException">The files do not hold what they should, or not
    /// yet.</exception>
    /// <exception cref="ArgumentException">The same, in other words of the runtime's; or the certificate is not
    /// valid at this time.</exception>
    public TlsMaterial(DicomTlsOptions options, TlsFiles files, DateTimeOffset now)
    {
        _policy = options.ClientCertificate;
        _identity = TlsIdentity.Of(files.IsPkcs12, files.Certificate, files.Key, options.Password);
        if (TlsIdentity.Fault(_identity, now) is { } fault)
            throw new ArgumentException(fault, nameof(files));
        _roots = _policy == ClientCertificatePolicy.None ? [] : TlsTrust.Roots(files.TrustedRoots);
    }

    /// <summary>When the certificate we show ends.</summary>
    public DateTimeOffset Expiry => TlsIdentity.Expiry(_identity);

    /// <summary>For one handshake: the runtime writes into what it is handed.</summary>
    public SslServerAuthenticationOptions ForHandshake() => new()
    {
        ServerCertificateContext = _identity,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CipherSuitesPolicy = OperatingSystem.IsWindows() ? null : Ciphers(),
        ApplicationProtocols = Protocols,
        AllowRenegotiation = false,
        AllowTlsResume = false,    // an old ticket would let in whom a reload has shut out
        ClientCertificateRequired = _policy != ClientCertificatePolicy.None,
        CertificateChainPolicy = TlsTrust.Policy(_roots),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            errors == SslPolicyErrors.None || (certificate is null && _policy != ClientCertificatePolicy.Require),
    };

    /// <summary>RFC 9325 §4.2 for TLS 1.2, all of RFC 8446 §B.4 that hospitals' libraries have for 1.3: forward secret,
    /// authenticated.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static CipherSuitesPolicy Ciphers() => new(
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ]);
}
