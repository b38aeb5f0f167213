using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>The certificate we show, as server or as client, with the intermediates that lie beside it.</summary>
internal static class TlsIdentity
{
    /// <param name="key">PEM of the private key; of no meaning to PKCS #12.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes do not hold what they should, or not
    /// yet.</exception>
    /// <exception cref="ArgumentException">The same, in other words of the runtime's.</exception>
    public static SslStreamCertificateContext Of(bool isPkcs12, byte[] certificate, byte[] key, string? password) =>
        isPkcs12 ? OfPkcs12(certificate, password) : OfPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key), password);

    /// <summary>Why every peer would turn the certificate away; null: they need not.</summary>
    public static string? Fault(SslStreamCertificateContext identity, DateTimeOffset now)
    {
        var (from, to) = (new DateTimeOffset(identity.TargetCertificate.NotBefore), Expiry(identity));
        return to < now ? $"our certificate expired on {to:yyyy-MM-dd}."
            : from > now ? $"our certificate is not valid before {from:yyyy-MM-dd}." : null;
    }

    public static DateTimeOffset Expiry(SslStreamCertificateContext identity) => new(identity.TargetCertificate.NotAfter);

    private static SslStreamCertificateContext OfPem(string certificates, string key, string? password)
    {
        var leaf = password is null
            ? X509Certificate2.CreateFromPem(certificates, key)
            : X509Certificate2.CreateFromEncryptedPem(certificates, key, password);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificates);
        return SslStreamCertificateContext.Create(leaf, all, offline: true);
    }

    private static SslStreamCertificateContext OfPkcs12(byte[] bytes, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new ArgumentException("The PKCS #12 file holds no private key.", nameof(bytes));
        return SslStreamCertificateContext.Create(leaf, all, offline: true);
    }
}
