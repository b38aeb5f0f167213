using Gateway.DicomNetwork;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Destinations that are sent to over TLS, as they are configured, against dcmtk's storescp that wants a certificate of us.</summary>
public sealed class DestinationTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_image_is_stored_at_a_destination_that_is_trusted_and_at_no_other()
    {
        var (certificate, key) = _authority.Issue("archive", "CN=archive");
        using var scp = await DcmtkServer.StartAsync("+tls", key, certificate, "+cf", _authority.Roots, "-rc");
        await File.WriteAllBytesAsync(_folder.Combine("a.dcm"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian), Cancel);

        var error = await Assert.ThrowsAsync<DicomNetworkException>(() => StoreAsync(Settings(scp.Port, _stranger.Roots)));
        Assert.True(error.IsTransient);
        Assert.Empty(scp.Files);
        Assert.True((await StoreAsync(Settings(scp.Port, _authority.Roots))).IsStored);
        Assert.Single(scp.Files);
    }

    [Theory]
    [InlineData("Tls:TrustedRoots", "nowhere.pem")]
    [InlineData("CalledAe", "far too long for a title")]
    public void A_destination_that_makes_no_sense_is_named_at_the_start(string key, string value)
    {
        var settings = Settings(104, _authority.Roots);
        settings[$"Delivery:Destinations:0:{key}"] = value;

        Assert.Throws<OptionsValidationException>(() => Read(settings));
    }

    private async Task<StoreResult> StoreAsync(Dictionary<string, string?> settings) =>
        await Read(settings).Find("pacs").Client(TimeProvider.System).StoreAsync([Part10Source.File(_folder.Combine("a.dcm"))], Cancel).SingleAsync(Cancel);

    private static DeliveryOptions Read(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddTranslationWorker();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
    }

    private Dictionary<string, string?> Settings(int port, string roots)
    {
        var (certificate, key) = _authority.Issue("gateway", "CN=gateway");
        return new()
        {
            ["Delivery:Destinations:0:Name"] = "pacs",
            ["Delivery:Destinations:0:Host"] = "127.0.0.1",
            ["Delivery:Destinations:0:Port"] = $"{port}",
            ["Delivery:Destinations:0:CalledAe"] = "ARCHIVE",
            ["Delivery:Destinations:0:Tls:TrustedRoots"] = roots,
            ["Delivery:Destinations:0:Tls:Certificate"] = certificate,
            ["Delivery:Destinations:0:Tls:Key"] = key,
        };
    }
}
