using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>Whom we trust: the authorities of a file, and nobody else.</summary>
internal static class TlsTrust
{
    /// <param name="pem">Certificates one after the other.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static X509Certificate2Collection Roots(byte[] pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(Encoding.UTF8.GetString(pem));
        return roots.Count > 0 ? roots : throw new ArgumentException("The trusted roots hold no certificate.", nameof(pem));
    }

    /// <summary>For one handshake: the runtime writes into what it is handed.</summary>
    public static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,    // the certificate of a stranger must not make us connect to an address in it
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
