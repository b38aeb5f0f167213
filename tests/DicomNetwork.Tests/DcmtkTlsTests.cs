using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>TLS between us and dcmtk, and against openssl where dcmtk cannot be made to misbehave.</summary>
public sealed class DcmtkTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("--profile-bcp195-nd")]
    [InlineData("--profile-bcp195")]
    [InlineData("--profile-bcp195-ex")]
    public async Task Echoscu_comes_in_with_its_certificate_in_each_profile_of_bcp_195(string profile)
    {
        var subjects = new List<string?>();
        var service = new RecordingService { Policy = request => { subjects.Add(request.TlsSubject); return null; } };
        await using var server = await TestServer.StartAsync(service, tls: _authority.Server(rsa: true));
        var (certificate, key) = _authority.IssueRsa("rsa", "CN=scanner-1, O=Hospital");

        (await ScuAsync("echoscu", server, ["+tls", key, certificate, "+cf", _authority.Roots, profile])).Succeeded();

        Assert.Equal(["CN=scanner-1, O=Hospital"], subjects);
        Assert.Equal(AssociationEnd.Released, await service.NextEndAsync());
    }

    [Fact]
    public async Task Storescu_stores_over_tls()
    {
        var file = await FileAsync();
        await using var server = await TestServer.StartAsync(tls: _authority.Server());

        (await ScuAsync("storescu", server, Identity(), file)).Succeeded();

        var stored = Assert.Single(server.Service.Stored);
        Assert.Equal(
            (null, false, "MR"), (stored.Header.Malformed, stored.Header.PixelDataShort, stored.Header.GetText(HeaderTag.Modality)));
    }

    [Fact]
    public async Task Echoscu_without_a_certificate_is_refused()
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server());

        var refused = await ScuAsync("echoscu", server, ["+tla", "+cf", _authority.Roots]);

        Assert.NotEqual(0, refused.ExitCode);
        (await ScuAsync("echoscu", server, Identity())).Succeeded();
    }

    [Fact]
    public async Task Echoscu_in_the_clear_is_refused_on_the_tls_port()
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server());

        Assert.NotEqual(0, (await ScuAsync("echoscu", server, [])).ExitCode);
        (await ScuAsync("echoscu", server, Identity())).Succeeded();
    }

    [Theory]
    [InlineData("-tls1", false)]
    [InlineData("-tls1_1", false)]
    [InlineData("-tls1_2", true)]
    [InlineData("-tls1_3", true)]
    public async Task Tls_before_1_2_is_refused(string version, bool taken)
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server());
        var (certificate, key) = _authority.Issue("scanner", "CN=scanner-1, O=Hospital");

        // Level 0 lets openssl offer what Debian forbids it: the refusal has to be ours.
        var result = await Tool.RunAsync("openssl", [
            "s_client", "-connect", $"127.0.0.1:{server.TlsPort}", version, "-cipher", "DEFAULT@SECLEVEL=0",
            "-cert", certificate, "-key", key, "-CAfile", _authority.Roots, "-verify_return_error", "-brief"]);

        Assert.Equal(taken, result.ExitCode == 0);
        Assert.Equal(taken, result.All.Contains("CONNECTION ESTABLISHED", StringComparison.Ordinal));
        if (!taken)
            Assert.Contains("protocol version", result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_client_shows_its_certificate_to_a_storescp_that_asks_for_one()
    {
        var (certificate, key) = _authority.Issue("archive", "CN=localhost");
        using var scp = await DcmtkServer.StartAsync("+tls", key, certificate, "+cf", _authority.Roots, "-rc");
        var file = await FileAsync();

        var known = scp.Client(_authority.Client(_authority.Issue("gateway", "CN=gateway")));
        var result = await known.StoreAsync([Part10Source.File(file)], Cancel).SingleAsync(Cancel);

        Assert.True(result.IsStored, result.Error);
        Assert.Single(scp.Files);
        await Assert.ThrowsAsync<DicomNetworkException>(() => scp.Client(_authority.Client()).EchoAsync(Cancel));
    }

    private string[] Identity()
    {
        var (certificate, key) = _authority.Issue("scanner", "CN=scanner-1, O=Hospital");
        return ["+tls", key, certificate, "+cf", _authority.Roots];
    }

    private async Task<string> FileAsync()
    {
        await File.WriteAllBytesAsync(
            _folder.Combine("a.dcm"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, size: 300), Cancel);
        return _folder.Combine("a.dcm");
    }

    private static Task<ToolResult> ScuAsync(string program, TestServer server, string[] options, params string[] files) =>
        Tool.RunAsync(program, [.. options, "-aet", "SCANNER", "-aec", "GATEWAY", "127.0.0.1", $"{server.TlsPort}", .. files]);
}
