using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>A certificate authority of a test's own: issues to names, and writes what programs want to read.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Roots, _authority.ExportCertificatePem());
    }

    /// <summary>PEM file of the authority.</summary>
    public string Roots => _folder.Combine("roots.pem");

    /// <summary>Writes <c>{file}.pem</c> and <c>{file}.key</c>, over what may lie there.</summary>
    /// <param name="ends">How long from now it is valid; negative: it was.</param>
    public (string Certificate, string Key) Issue(string file, string subject, TimeSpan? ends = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Write(file, new(subject, key, HashAlgorithmName.SHA256), key, ends);
    }

    /// <summary>The same with an RSA key, which most scanners have.</summary>
    public (string Certificate, string Key) IssueRsa(string file, string subject)
    {
        using var key = RSA.Create(2_048);
        return Write(file, new(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), key);
    }

    /// <summary>What a server of the name <c>CN=gateway</c> is told.</summary>
    public DicomTlsOptions Server(
        ClientCertificatePolicy policy = ClientCertificatePolicy.Require, TimeSpan? handshake = null, bool rsa = false)
    {
        var (certificate, key) = rsa ? IssueRsa("server", "CN=gateway") : Issue("server", "CN=gateway");
        return new()
        {
            Certificate = certificate,
            Key = key,
            TrustedRoots = Roots,
            ClientCertificate = policy,
            HandshakeTimeout = handshake ?? TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>What a client is told: trusts this authority, and shows a certificate where it is given one.</summary>
    public SslClientAuthenticationOptions Client((string Certificate, string Key)? identity = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_authority);
        return new()
        {
            TargetHost = "localhost",
            CertificateChainPolicy = policy,
            ClientCertificates = identity is var (certificate, key) ? [X509Certificate2.CreateFromPemFile(certificate, key)] : null,
        };
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    private (string Certificate, string Key) Write(string file, CertificateRequest request, AsymmetricAlgorithm key, TimeSpan? ends = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(
            _authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), now.AddHours(-2), now + (ends ?? TimeSpan.FromHours(1)),
            RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(_folder.Combine($"{file}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.Combine($"{file}.key"), key.ExportPkcs8PrivateKeyPem());
        return (_folder.Combine($"{file}.pem"), _folder.Combine($"{file}.key"));
    }
}
