using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DicomNetwork.Tests;

/// <summary>Certificates that are replaced under a running SCP.</summary>
public sealed class CertificateReloadTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task The_next_handshake_uses_the_new_certificate_and_a_running_association_goes_on()
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server(ClientCertificatePolicy.None));
        await using var before = await ConnectAsync(server);
        Assert.Equal("CN=gateway", before.RemoteCertificate!.Subject);
        await before.WriteAsync(RawPeer.AssociateRequest(), Cancel);
        await ReadAsync(before, PduType.AssociateAccept);

        _authority.Issue("server", "CN=gateway renewed");
        await using var after = await ConnectAsync(server);

        Assert.Equal("CN=gateway renewed", after.RemoteCertificate!.Subject);
        await before.WriteAsync(RawPeer.EchoCommand(), Cancel);
        await ReadAsync(before, PduType.Data);
    }

    [Fact]
    public async Task Files_half_written_leave_the_old_certificate_until_they_are_whole()
    {
        var options = _authority.Server(ClientCertificatePolicy.None);
        await using var server = await TestServer.StartAsync(tls: options);
        var (certificate, key) = _authority.Issue("new", "CN=gateway renewed");
        var (newCertificate, newKey) = (await File.ReadAllTextAsync(certificate, Cancel), await File.ReadAllTextAsync(key, Cancel));

        // at its whole length the key is still the old one's
        foreach (var part in (int[])[0, newCertificate.Length / 2, newCertificate.Length])
        {
            await File.WriteAllTextAsync(options.Certificate, newCertificate[..part], Cancel);
            await using var meanwhile = await ConnectAsync(server);
            Assert.Equal("CN=gateway", meanwhile.RemoteCertificate!.Subject);
        }

        File.Delete(options.Key);
        await using (var meanwhile = await ConnectAsync(server))
            Assert.Equal("CN=gateway", meanwhile.RemoteCertificate!.Subject);

        await File.WriteAllTextAsync(options.Key, newKey, Cancel);
        await using var after = await ConnectAsync(server);
        Assert.Equal("CN=gateway renewed", after.RemoteCertificate!.Subject);
    }

    [Fact]
    public async Task An_expired_certificate_does_not_take_the_place_of_a_valid_one()
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server(ClientCertificatePolicy.None));

        _authority.Issue("server", "CN=gateway of yesterday", TimeSpan.FromHours(-1));
        await using var after = await ConnectAsync(server);

        Assert.Equal("CN=gateway", after.RemoteCertificate!.Subject);
    }

    [Fact]
    public void A_server_does_not_start_with_an_expired_certificate()
    {
        var options = _authority.Server();
        _authority.Issue("server", "CN=gateway", TimeSpan.FromHours(-1));

        var fault = Assert.Throws<InvalidOperationException>(
            () => new DicomTls(options, TimeProvider.System, NullLogger<DicomTls>.Instance));

        Assert.Contains("our certificate expired on ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_says_that_its_certificate_has_expired_before_a_peer_turns_it_away()
    {
        var (certificate, key) = _authority.Issue("client", "CN=client", TimeSpan.FromHours(-1));
        var options = new DicomClientTlsOptions { TrustedRoots = _authority.Roots, Certificate = certificate, Key = key };

        var fault = Assert.Throws<DicomNetworkException>(() => options.For("localhost"));

        Assert.Contains("our certificate expired on ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_authority_is_no_longer_trusted_does_not_come_in_again()
    {
        using var another = new TestAuthority();
        var options = _authority.Server();
        await using var server = await TestServer.StartAsync(tls: options);
        var client = server.Client(_authority.Client(_authority.Issue("scanner", "CN=scanner-1")));
        Assert.Equal(DimseStatus.Success, await client.EchoAsync(Cancel));

        File.Copy(another.Roots, options.TrustedRoots, overwrite: true);

        await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync(Cancel));
    }

    [Theory]
    [InlineData("encrypted")]
    [InlineData("together")]
    [InlineData("pfx")]
    public async Task Keys_may_be_encrypted_lie_with_the_certificate_or_in_pkcs_12(string form)
    {
        var (certificate, key) = _authority.Issue("server", "CN=gateway");
        using var whole = X509Certificate2.CreateFromPemFile(certificate, key);
        switch (form)
        {
            case "encrypted":
                var parameters = new System.Security.Cryptography.PbeParameters(
                    System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc,
                    System.Security.Cryptography.HashAlgorithmName.SHA256, 1_000);
                await File.WriteAllTextAsync(
                    key, whole.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters), Cancel);
                break;
            case "together":
                await File.AppendAllTextAsync(certificate, "\n" + await File.ReadAllTextAsync(key, Cancel), Cancel);
                key = "";
                break;
            default:
                (certificate, key) = (Path.ChangeExtension(certificate, ".pfx"), "");
                await File.WriteAllBytesAsync(certificate, whole.Export(X509ContentType.Pfx, "secret"), Cancel);
                break;
        }

        await using var server = await TestServer.StartAsync(tls: new()
        {
            Certificate = certificate,
            Key = key,
            Password = form == "together" ? null : "secret",
            ClientCertificate = ClientCertificatePolicy.None,
        });

        Assert.Equal(DimseStatus.Success, await server.Client(_authority.Client()).EchoAsync(Cancel));
    }

    [Fact]
    public async Task Certificates_that_cannot_be_used_stop_the_start()
    {
        var options = _authority.Server();
        await File.WriteAllTextAsync(options.Key, "no key", Cancel);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(tls: options));

        Assert.Contains("Dicom:Tls", error.Message, StringComparison.Ordinal);
    }

    private async Task<SslStream> ConnectAsync(TestServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.TlsPort, Cancel);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(_authority.Client(), Cancel);
        return stream;
    }

    private static async Task ReadAsync(SslStream stream, PduType expected)
    {
        var header = new byte[PduFraming.HeaderLength];
        await stream.ReadExactlyAsync(header, Cancel);
        Assert.Equal(expected, (PduType)header[0]);
        await stream.ReadExactlyAsync(new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))], Cancel);
    }
}
