using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>What is configured of a peer that we call by TLS, against dcmtk's storescp that wants a certificate of us.</summary>
public sealed class ClientTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task A_peer_that_is_trusted_and_trusts_us_is_reached()
    {
        using var scp = await ArchiveAsync();

        Assert.Equal(DimseStatus.Success, await EchoAsync(scp, Options(_authority, _authority)));
    }

    [Fact]
    public async Task A_peer_whose_certificate_is_not_trusted_or_bears_another_name_is_not_talked_to()
    {
        using var scp = await ArchiveAsync();

        await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(scp, Options(trusted: _stranger, shown: _authority)));
        await Assert.ThrowsAsync<DicomNetworkException>(
            () => EchoAsync(scp, Options(_authority, _authority, serverName: "another.hospital")));
        Assert.Equal(DimseStatus.Success, await EchoAsync(scp, Options(_authority, _authority, serverName: "localhost")));
    }

    [Fact]
    public async Task Without_a_certificate_that_the_peer_trusts_there_is_no_association()
    {
        using var scp = await ArchiveAsync();

        await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(scp, Options(trusted: _authority, shown: null)));
        await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(scp, Options(trusted: _authority, shown: _stranger)));
    }

    [Fact]
    public async Task Files_that_are_replaced_are_used_by_the_next_association()
    {
        using var scp = await ArchiveAsync();
        var options = Options(_authority, _authority);
        var roots = await File.ReadAllTextAsync(_authority.Roots, Cancel);

        await File.WriteAllTextAsync(_authority.Roots, "half written", Cancel);
        Assert.True((await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(scp, options))).IsTransient);
        await File.WriteAllTextAsync(_authority.Roots, roots, Cancel);

        Assert.Equal(DimseStatus.Success, await EchoAsync(scp, options));
    }

    private static async Task<ushort> EchoAsync(DcmtkServer scp, DicomClientTlsOptions options) =>
        await scp.Client(options.For("127.0.0.1")).EchoAsync(Cancel);

    private async Task<DcmtkServer> ArchiveAsync()
    {
        var (certificate, key) = _authority.Issue("archive", "CN=archive");
        return await DcmtkServer.StartAsync("+tls", key, certificate, "+cf", _authority.Roots, "-rc");
    }

    private static DicomClientTlsOptions Options(TestAuthority trusted, TestAuthority? shown, string? serverName = null)
    {
        var (certificate, key) = shown?.Issue("gateway", "CN=gateway") ?? ("", "");
        return new() { TrustedRoots = trusted.Roots, Certificate = certificate, Key = key, ServerName = serverName };
    }
}
