using Gateway.DicomNetwork;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>The allow-list's TLS subject, on both ports.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly int _tlsPort = FreePort.Next();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("CN=scanner-1, O=Hospital")]
    [InlineData("CN=scanner-1,O=Hospital")]
    public async Task A_caller_comes_in_under_the_subject_it_is_listed_with(string listed)
    {
        await using var host = await ListenerHost.StartAsync(Settings(listed));

        Assert.Equal(DimseStatus.Success, await Client(_tlsPort, "CN=scanner-1, O=Hospital").EchoAsync(Cancel));
    }

    [Fact]
    public async Task Another_subject_or_the_plain_port_is_refused_and_written_down()
    {
        await using var host = await ListenerHost.StartAsync(Settings("CN=scanner-1, O=Hospital"));

        foreach (var client in (DicomClient[])[Client(_tlsPort, "CN=scanner-2, O=Hospital"), Client(host.Port, null)])
        {
            var error = await Assert.ThrowsAsync<AssociationRejectedException>(() => client.EchoAsync(Cancel));
            Assert.Equal(AssociationRejection.CallingAeNotRecognized, error.Rejection);
        }

        await using var db = host.Open();
        Assert.Equal("tls-subject-not-allowed", (await db.Refusals.SingleAsync(Cancel)).Code);
    }

    [Fact]
    public async Task A_caller_without_a_subject_may_use_either_port()
    {
        await using var host = await ListenerHost.StartAsync(Settings(null));

        Assert.Equal(DimseStatus.Success, await Client(_tlsPort, "CN=anyone of ours").EchoAsync(Cancel));
        Assert.Equal(DimseStatus.Success, await Client(host.Port, null).EchoAsync(Cancel));
    }

    [Fact]
    public async Task A_storage_commitment_is_reported_over_tls_to_a_caller_that_wants_our_certificate()
    {
        var scannerSettings = Settings("CN=gateway");
        (scannerSettings["Dicom:AeTitle"], scannerSettings["Dicom:Callers:0:AeTitle"]) = ("SCANNER", "GATEWAY");
        await using var scanner = await ListenerHost.StartAsync(scannerSettings);
        var (certificate, key) = _authority.Issue("gateway", "CN=gateway");
        var settings = ListenerHost.Callers(("SCANNER", "127.0.0.0/8"));
        settings["Dicom:Completion:Poll"] = "00:00:00.05";
        settings["Dicom:Callers:0:ReportTo"] = $"127.0.0.1:{_tlsPort}";
        settings["Dicom:Callers:0:ReportTls:TrustedRoots"] = _authority.Roots;
        settings["Dicom:Callers:0:ReportTls:Certificate"] = certificate;
        settings["Dicom:Callers:0:ReportTls:Key"] = key;
        await using var host = await ListenerHost.StartAsync(settings);

        await Client(host.Port, null).RequestCommitmentAsync(
            new(Uid.Parse("2.25.77"), [new(Uid.Parse("1.2"), Uid.Parse("1.3"))]), TimeSpan.Zero, Cancel);

        // The scanner never asked for it and says so: it was let in, under the certificate's subject.
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = host.Open();
                return await db.Commitments.AnyAsync(row => row.Error == "The caller answered 0110.", Cancel);
            },
            "the report was heard");
    }

    [Theory]
    [InlineData("Dicom:Callers:0:ReportTls:TrustedRoots", "")]
    [InlineData("Dicom:Callers:0:ReportTls:Certificate", "nowhere.pem")]
    [InlineData("Dicom:Tls:Certificate", "nowhere.pem")]
    [InlineData("Dicom:Tls:TrustedRoots", "")]
    [InlineData("Dicom:Callers:0:TlsSubject", "no name")]
    public async Task A_setting_that_makes_no_sense_stops_the_start(string key, string value)
    {
        var settings = Settings("CN=scanner-1");
        settings[key] = value;

        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ListenerHost.StartAsync(settings));
    }

    private Dictionary<string, string?> Settings(string? subject)
    {
        var settings = ListenerHost.Callers(("SCANNER", "127.0.0.0/8"));
        var server = _authority.Server();
        settings["Dicom:Callers:0:TlsSubject"] = subject;
        settings["Dicom:Tls:Port"] = $"{_tlsPort}";
        settings["Dicom:Tls:Certificate"] = server.Certificate;
        settings["Dicom:Tls:Key"] = server.Key;
        settings["Dicom:Tls:TrustedRoots"] = server.TrustedRoots;
        return settings;
    }

    /// <param name="subject">Null: without TLS.</param>
    private DicomClient Client(int port, string? subject) => new(
        new()
        {
            Host = "127.0.0.1",
            Port = port,
            CalledAe = AeTitle.Parse("GATEWAY"),
            CallingAe = AeTitle.Parse("SCANNER"),
            Tls = subject is null ? null : _authority.Client(_authority.Issue("scanner", subject)),
        },
        TimeProvider.System);
}
