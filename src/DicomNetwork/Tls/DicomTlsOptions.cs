using System.ComponentModel.DataAnnotations;

namespace Gateway.DicomNetwork;

/// <summary>The <c>Dicom:Tls</c> section: a second port that speaks TLS 1.2 or 1.3 (PS3.15 §B.12, BCP 195).</summary>
/// <remarks>All paths may be replaced while we run: the next handshake takes what then lies there.</remarks>
public sealed class DicomTlsOptions : IValidatableObject
{
    /// <summary>Where the settings of secure transport (PS3.15 §B.12) lie in the configuration.</summary>
    public const string Section = "Dicom:Tls";

    /// <summary>The port (PS3.15 §B.12); 2762 is registered for DICOM over TLS. Null, the default: no TLS.</summary>
    [Range(1, 65_535)]
    public int? Port { get; init; }

    /// <summary>File with our certificate (PS3.15 §B.12): PEM, intermediates after it, or PKCS #12 when it ends in <c>.pfx</c> or
    /// <c>.p12</c>.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>PEM file with its private key (PS3.15 §B.12); empty when that lies in <see cref="Certificate"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Opens the private key (PS3.15 §B.12), where it is encrypted.</summary>
    public string? Password { get; init; }

    /// <summary>Whether callers must show a certificate of their own (PS3.15 §B.12).</summary>
    public ClientCertificatePolicy ClientCertificate { get; init; } = ClientCertificatePolicy.Require;

    /// <summary>PEM file with the authorities, or the very certificates, that callers are trusted by (PS3.15 §B.12); public ones never
    /// are.</summary>
    public string TrustedRoots { get; init; } = "";

    /// <summary>For the TLS handshake (PS3.15 §B.12) to be over; ARTIM runs after it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The errors in these settings: why PS3.15 §B.12 cannot be done with them.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Port is null)
            yield break;
        var (identity, roots) = (File.Exists(Certificate), ClientCertificate == ClientCertificatePolicy.None || File.Exists(TrustedRoots));
        if (!identity)
            yield return new ValidationResult("Dicom:Tls:Certificate is a file when Dicom:Tls:Port is set.", [nameof(Certificate)]);
        if (!roots)
            yield return new ValidationResult(
                "Dicom:Tls:TrustedRoots is a file unless Dicom:Tls:ClientCertificate is None.", [nameof(TrustedRoots)]);
        if (identity && roots && Unusable() is { } why)
            yield return new ValidationResult($"The certificates of Dicom:Tls cannot be used: {why}", [nameof(Certificate)]);
    }

    private string? Unusable()
    {
        try
        {
            _ = new TlsMaterial(this, TlsFiles.Read(this), TimeProvider.System.GetUtcNow());
            return null;
        }
        catch (Exception error) when (DicomTls.IsUnusable(error))
        {
            return error.Message;
        }
    }
}
