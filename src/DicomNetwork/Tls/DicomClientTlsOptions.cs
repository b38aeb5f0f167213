using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.DicomNetwork;

/// <summary>How to speak TLS 1.2 or 1.3 to a peer that we call (PS3.15 §B.12).</summary>
/// <remarks>All paths may be replaced while we run: the next association takes what then lies there.</remarks>
public sealed class DicomClientTlsOptions : IValidatableObject
{
    /// <summary>PEM file with the authorities, or the very certificates, that the peer is trusted by (PS3.15 §B.12); public ones never
    /// are.</summary>
    [Required]
    public string TrustedRoots { get; init; } = "";

    /// <summary>Expected name in the certificate of the peer (PS3.15 §B.12); null: the name of the host we call.</summary>
    public string? ServerName { get; init; }

    /// <summary>File with the certificate we show (PS3.15 §B.12): PEM, intermediates after it, or PKCS #12 when it ends in <c>.pfx</c> or
    /// <c>.p12</c>. Empty: none.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>PEM file with its private key (PS3.15 §B.12); empty when that lies in <see cref="Certificate"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Opens the private key (PS3.15 §B.12), where it is encrypted.</summary>
    public string? Password { get; init; }

    /// <summary>For one association with a host (PS3.15 §B.12), as the files are now.</summary>
    /// <exception cref="DicomNetworkException">They cannot be used, or not yet; the message says why.</exception>
    public SslClientAuthenticationOptions For(string host)
    {
        try
        {
            var files = TlsFiles.Read(this);
            return new()
            {
                TargetHost = ServerName ?? host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = TlsTrust.Policy(TlsTrust.Roots(files.TrustedRoots)),
                ClientCertificateContext = Certificate.Length == 0 ? null : Identity(files),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new DicomNetworkException($"TLS cannot be set up: {error.Message}", error);
        }
    }

    private SslStreamCertificateContext Identity(TlsFiles files)
    {
        var identity = TlsIdentity.Of(files.IsPkcs12, files.Certificate, files.Key, Password);
        return TlsIdentity.Fault(identity, TimeProvider.System.GetUtcNow()) is { } fault
            ? throw new ArgumentException(fault, nameof(files)) : identity;
    }

    /// <summary>The errors in these settings: why PS3.15 §B.12 cannot be done with them.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!File.Exists(TrustedRoots))
            yield return new ValidationResult("TrustedRoots is a file.", [nameof(TrustedRoots)]);
        if (Certificate.Length > 0 && !File.Exists(Certificate))
            yield return new ValidationResult("Certificate is a file, where one is named.", [nameof(Certificate)]);
        if (Key.Length > 0 && !File.Exists(Key))
            yield return new ValidationResult("Key is a file, where one is named.", [nameof(Key)]);
    }
}
