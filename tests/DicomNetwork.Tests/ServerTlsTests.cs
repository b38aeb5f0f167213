using System.Net.Security;
using System.Security.Authentication;
using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>The SCP's TLS port: whom it lets in, and as whom.</summary>
public sealed class ServerTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_caller_with_a_trusted_certificate_comes_in_under_its_distinguished_name()
    {
        var subjects = new List<string?>();
        var service = new RecordingService { Policy = request => { subjects.Add(request.TlsSubject); return null; } };
        await using var server = await TestServer.StartAsync(service, tls: _authority.Server());

        Assert.Equal(DimseStatus.Success, await server.Client(Scanner()).EchoAsync(Cancel));
        Assert.Equal(DimseStatus.Success, await server.Client().EchoAsync(Cancel));

        Assert.Equal(["CN=scanner-1, O=Hospital", null], subjects);
    }

    [Fact]
    public async Task Large_objects_go_through_whole()
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("a"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, size: 700), Cancel);
        await using var server = await TestServer.StartAsync(tls: _authority.Server());

        Assert.True(
            (await server.Client(Scanner()).StoreAsync([Part10Source.File(folder.Combine("a"))], Cancel).SingleAsync(Cancel)).IsStored);

        Assert.Equal(
            GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian, size: 700), Assert.Single(server.Service.Stored).DataSet);
        Assert.Equal(AssociationEnd.Released, await server.Service.NextEndAsync());
    }

    [Theory]
    [InlineData(ClientCertificatePolicy.None, true)]
    [InlineData(ClientCertificatePolicy.Allow, true)]
    [InlineData(ClientCertificatePolicy.Require, false)]
    public async Task A_caller_without_a_certificate_comes_in_where_none_is_required(ClientCertificatePolicy policy, bool comesIn)
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server(policy));

        var echo = server.Client(_authority.Client()).EchoAsync(Cancel);

        if (comesIn)
            Assert.Equal(DimseStatus.Success, await echo);
        else
            await Assert.ThrowsAsync<DicomNetworkException>(() => echo);
    }

    [Theory]
    [InlineData(ClientCertificatePolicy.Allow)]
    [InlineData(ClientCertificatePolicy.Require)]
    public async Task A_caller_with_a_strangers_certificate_does_not_come_in(ClientCertificatePolicy policy)
    {
        using var stranger = new TestAuthority();
        await using var server = await TestServer.StartAsync(tls: _authority.Server(policy));

        var client = server.Client(_authority.Client(stranger.Issue("scanner", "CN=scanner-1, O=Hospital")));

        await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync(Cancel));
        Assert.Equal(DimseStatus.Success, await server.Client(Scanner()).EchoAsync(Cancel));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Both_versions_of_tls_are_spoken(SslProtocols version)
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server());
        var client = Scanner();
        client.EnabledSslProtocols = version;
        client.ApplicationProtocols = [new("dicom")];

        Assert.Equal(DimseStatus.Success, await server.Client(client).EchoAsync(Cancel));
    }

    [Fact]
    public async Task Peers_that_freeze_in_their_handshake_are_let_go_and_hold_up_nobody()
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server(handshake: TimeSpan.FromMilliseconds(500)));
        var frozen = new List<RawPeer>();
        for (var i = 0; i < 20; i++)
        {
            frozen.Add(await RawPeer.ConnectAsync(server.TlsPort));
            await frozen[^1].SendAsync(new byte[] { 0x16, 3, 1, 2, 0, 1, 0, 1 }.AsMemory(0, i % 9));    // the head of a ClientHello
        }

        Assert.Equal(DimseStatus.Success, await server.Client(Scanner()).EchoAsync(Cancel));
        foreach (var peer in frozen)
        {
            await peer.ReadEndAsync();
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Dicom_in_the_clear_is_not_understood_on_the_tls_port()
    {
        await using var server = await TestServer.StartAsync(tls: _authority.Server());
        using var peer = await RawPeer.ConnectAsync(server.TlsPort);
        await peer.SendAsync(RawPeer.AssociateRequest());

        Assert.NotEqual((byte)PduType.AssociateAccept, (await peer.FinishAsync()).FirstOrDefault());
        Assert.Equal(DimseStatus.Success, await server.Client(Scanner()).EchoAsync(Cancel));
    }

    [Fact]
    public async Task A_stopping_server_finishes_the_object_it_is_receiving_over_tls()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("a"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, size: 700), Cancel);
        var service = new RecordingService
        {
            Reply = async _ => { arrived.SetResult(); await release.Task; return StoreReply.Success; },
        };
        await using var server = await TestServer.StartAsync(service, tls: _authority.Server());
        var store = server.Client(Scanner()).StoreAsync([Part10Source.File(folder.Combine("a"))], Cancel).SingleAsync(Cancel);
        await arrived.Task;

        var stop = server.StopAsync();
        release.SetResult();

        Assert.True((await store).IsStored);
        await stop;
        Assert.Single(service.Stored);
    }

    private SslClientAuthenticationOptions Scanner() => _authority.Client(_authority.Issue("scanner", "CN=scanner-1, O=Hospital"));
}
