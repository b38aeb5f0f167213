using System.Security.Cryptography.X509Certificates;
using Gateway.Persistence;
using Gateway.Testing;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

/// <summary>An external FHIR server that a site's own authority vouches for, and that wants to know who calls.</summary>
public sealed class FhirServerTlsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(SampleStudy.Received);
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task A_server_that_is_trusted_and_wants_a_certificate_is_told_and_no_other()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var db = database.Open())
        {
            db.Studies.Add(SampleStudy.Create());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var (certificate, key) = _authority.IssueRsa("server", "CN=127.0.0.1");
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        await using var server = await FhirTestServer.StartAsync(identity: pem);
        var ours = _authority.Issue("gateway", "CN=gateway");

        foreach (var settings in (IEnumerable<(string, string)>[])[
            [], [("Server:Tls:TrustedRoots", _authority.Roots)],
            [("Server:Tls:TrustedRoots", _stranger.Roots), ("Server:Tls:Certificate", ours.Certificate), ("Server:Tls:Key", ours.Key)]])
            using (var wary = new FhirGateway(database, server.Url, _time, settings.Prepend(("Server:Patient", "Logical"))))
                await wary.PublishAsync();
        Assert.Empty(server.All("ImagingStudy"));
        using var trusting = new FhirGateway(
            database, server.Url, _time, ("Server:Patient", "Logical"), ("Server:Tls:TrustedRoots", _authority.Roots),
            ("Server:Tls:Certificate", ours.Certificate), ("Server:Tls:Key", ours.Key));
        _time.Advance(TimeSpan.FromHours(1));
        await trusting.SendAsync();
        Assert.Single(server.Read<ImagingStudy>("ImagingStudy"));
    }

    [Theory]
    [InlineData("https://fhir.example/", "nowhere.pem", "TrustedRoots")]
    [InlineData("http://fhir.example/", null, "https://")]
    public async Task Settings_that_make_no_sense_are_named_at_the_start(string url, string? roots, string named)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        void Start() => new FhirGateway(
            database, new(url), _time, ("Server:Tls:TrustedRoots", roots ?? _authority.Roots)).Dispose();
        Assert.Contains(named, Assert.Throws<OptionsValidationException>(Start).Message, StringComparison.Ordinal);
    }
}
