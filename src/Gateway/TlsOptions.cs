using System.CommandLine;
using System.Net.Security;
using Gateway.DicomNetwork;

namespace Gateway.Cli;

/// <summary>The options of verbs that speak TLS to a DICOM peer (PS3.15 §B.12).</summary>
internal static class TlsOptions
{
    private static readonly Option<string?> Trusted = new(
        "--tls")
    { Description = "Speak TLS; PEM file of the authorities the peer is trusted by." };
    private static readonly Option<string?> Certificate = new(
        "--tls-certificate")
    { Description = "PEM file of the certificate we show, and its key." };
    private static readonly Option<string?> Key = new(
        "--tls-key")
    { Description = "PEM file of the key, where it is not with the certificate." };

    public static IEnumerable<Option> All => [Trusted, Certificate, Key];

    /// <summary>Null for plain TCP.</summary>
    /// <exception cref="VerbException">A file cannot be read, or has the wrong content.</exception>
    public static SslClientAuthenticationOptions? Of(ParseResult parsed, string host)
    {
        if (parsed.GetValue(Trusted) is not { } trusted)
            return null;
        try
        {
            return new DicomClientTlsOptions
            {
                TrustedRoots = trusted,
                Certificate = parsed.GetValue(Certificate) ?? "",
                Key = parsed.GetValue(Key) ?? "",
            }.For(host);
        }
        catch (DicomNetworkException error)
        {
            throw new VerbException(error.Message, ExitCode.Usage);
        }
    }
}
