using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

public sealed class TlsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Our_client_stores_over_tls_to_the_peer_whose_certificate_it_knows()
    {
        using var folder = new TemporaryDirectory();
        using var certificate = await NewCertificateAsync(folder);
        await File.WriteAllBytesAsync(
            folder.Combine("a.dcm"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, size: 300), Cancel);
        using var scp = await DcmtkServer.StartAsync("+tls", folder.Combine("key.pem"), folder.Combine("certificate.pem"), "-ic");

        var trusting = scp.Client(Trusting(certificate.GetCertHashString()));
        var result = await trusting.StoreAsync([Part10Source.File(folder.Combine("a.dcm"))], Cancel).SingleAsync(Cancel);

        Assert.True(result.IsStored, result.Error);
        Assert.Single(scp.Files);
    }

    [Fact]
    public async Task A_peer_with_another_certificate_gets_no_association()
    {
        using var folder = new TemporaryDirectory();
        using var certificate = await NewCertificateAsync(folder);
        using var scp = await DcmtkServer.StartAsync("+tls", folder.Combine("key.pem"), folder.Combine("certificate.pem"), "-ic");

        await Assert.ThrowsAsync<DicomNetworkException>(() => scp.Client(Trusting("another")).EchoAsync(Cancel));
    }

    private static SslClientAuthenticationOptions Trusting(string hash) => new()
    {
        TargetHost = "archive",
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == hash,
    };

    private static async Task<X509Certificate2> NewCertificateAsync(TemporaryDirectory folder)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=archive", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        await File.WriteAllTextAsync(folder.Combine("key.pem"), key.ExportRSAPrivateKeyPem(), Cancel);
        await File.WriteAllTextAsync(folder.Combine("certificate.pem"), certificate.ExportCertificatePem(), Cancel);
        return certificate;
    }
}
