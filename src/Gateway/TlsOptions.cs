using System.CommandLine;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Cli;

/// <summary>The options by which a verb speaks TLS to a DICOM peer (PS3.15 §B.12).</summary>
internal static class TlsOptions
{
    private static readonly Option<string?> Trusted = new("--tls") { Description = "Speak TLS; PEM file of the authorities the peer is trusted by." };
    private static readonly Option<string?> Certificate = new("--tls-certificate") { Description = "PEM file of the certificate we show, and its key." };
    private static readonly Option<string?> Key = new("--tls-key") { Description = "PEM file of the key, where it is not with the certificate." };

    public static IEnumerable<Option> All => [Trusted, Certificate, Key];

    /// <summary>Null: plain TCP.</summary>
    /// <exception cref="VerbException">A file cannot be read, or holds something else.</exception>
    public static SslClientAuthenticationOptions? Of(ParseResult parsed, string host)
    {
        if (parsed.GetValue(Trusted) is not { } trusted)
            return null;
        try
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(trusted);
            return new()
            {
                TargetHost = host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = policy,
                ClientCertificates = parsed.GetValue(Certificate) is { } shown ? [X509Certificate2.CreateFromPemFile(shown, parsed.GetValue(Key))] : null,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new VerbException($"TLS cannot be set up: {error.Message}", ExitCode.Usage);
        }
    }
}
