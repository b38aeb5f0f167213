using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>The gateway is let in by an external FHIR server as sites do it: by nothing, a token, or client credentials.</summary>
public sealed class FhirServerTokenTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));
    private readonly TemporaryDirectory _folder = new();
    private readonly WebApplication _tokens;
    private readonly List<(IFormCollection Form, string? Authorization)> _asked = [];
    private Func<int, IResult> _answer =
        number => Results.Json(new { access_token = $"t{number}", token_type = "bearer", expires_in = 300 });

    public FhirServerTokenTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _tokens = builder.Build();
        _tokens.MapPost("/token", async (HttpRequest request) =>
        {
            _asked.Add((await request.ReadFormAsync(), request.Headers.Authorization));
            return _answer(_asked.Count);
        });
    }

    [Fact]
    public async Task A_token_from_a_file_is_read_anew_when_it_changes()
    {
        var file = Write("token", "one\n");
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time, ("Server:TokenFile", file));
        server.Before = _ => File.WriteAllTextAsync(file, "two");

        await gateway.PublishAsync();

        Assert.Equal(["Bearer one", "Bearer two"], server.Authorizations.Distinct());
    }

    [Theory, InlineData("RS384"), InlineData("ES384"), InlineData("ES256")]
    public async Task A_signed_assertion_gets_a_token_that_is_kept_until_it_ends(string algorithm)
    {
        using AsymmetricAlgorithm key = algorithm == "RS384"
            ? RSA.Create(2048) : ECDsa.Create(algorithm == "ES256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = await GatewayAsync(
            database, server, ("KeyFile", Write("key", key.ExportPkcs8PrivateKeyPem())), ("KeyId", "k1"));

        await gateway.PublishAsync();
        Assert.Equal(["Bearer t1"], server.Authorizations.Distinct());
        _time.Advance(TimeSpan.FromMinutes(5));
        await gateway.Service<FhirServerClient>().GetAsync("ImagingStudy/1", TestContext.Current.CancellationToken);

        Assert.Equal(["Bearer t1", "Bearer t2"], server.Authorizations.Distinct());
        var form = _asked[0].Form;
        Assert.Equal(["client_credentials", "system/*.crus"], [form["grant_type"].Single(), form["scope"].Single()]);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"].Single());
        var parts = form["client_assertion"].Single()!.Split('.');
        var (header, claims) = (Json(parts[0]), Json(parts[1]));
        Assert.Equal((algorithm, "k1"), ((string?)header["alg"], (string?)header["kid"]));
        Assert.Equal(("gw", "gw", Url), ((string?)claims["iss"], (string?)claims["sub"], (string?)claims["aud"]));
        var sent = SampleStudy.Received.AddMinutes(5).ToUnixTimeSeconds();
        Assert.InRange((long)claims["exp"]!, sent + 1, sent + 300);
        Assert.NotEqual((string)claims["jti"]!, (string?)Json(_asked[1].Form["client_assertion"].Single()!.Split('.')[1])["jti"]);
        Assert.True(IsSigned(key, $"{parts[0]}.{parts[1]}", Base64Url.DecodeFromChars(parts[2])));
    }

    [Fact]
    public async Task A_secret_gets_one_too_and_a_token_that_is_not_taken_is_asked_for_again()
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = await GatewayAsync(database, server, ("SecretFile", Write("secret", "s:1")));
        server.Faults = request => request.Headers.Authorization == "Bearer t1" ? new(401) : null;

        await gateway.PublishAsync();

        Assert.Equal("Basic " + Convert.ToBase64String("gw:s%3A1"u8.ToArray()), _asked[0].Authorization);
        Assert.Equal((2, DeliveryState.Delivered), (_asked.Count, (await gateway.RowAsync()).State));
    }

    [Fact]
    public async Task Without_a_token_the_study_waits_and_nothing_is_sent()
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = await GatewayAsync(database, server, ("SecretFile", Write("secret", "s")));
        _answer = _ => Results.Json(new { error = "invalid_client", error_description = "4711" }, statusCode: 400);

        await gateway.PublishAsync();

        var row = await gateway.RowAsync();
        Assert.Equal((DeliveryState.Pending, "the token endpoint answers HTTP 400, invalid_client"), (row.State, row.Error));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Server:Url", "ftp://x"), InlineData("Server:TokenUrl", "http://x/token"), InlineData("Server:Timeout", "00:00:00")]
    public async Task A_setting_that_cannot_work_stops_the_start(string key, string value)
    {
        await using var database = await FhirServerTests.StudyAsync();

        Assert.Throws<OptionsValidationException>(() => new FhirGateway(database, new("http://127.0.0.1/fhir"), _time, (key, value)));
    }

    public async ValueTask DisposeAsync()
    {
        await _tokens.DisposeAsync();
        _folder.Dispose();
    }

    private string Url => _tokens.Urls.Single() + "/token";

    private async Task<FhirGateway> GatewayAsync(
        TestDatabase database, FhirTestServer server, params IEnumerable<(string Key, string Value)> settings)
    {
        await _tokens.StartAsync();
        return new(
            database, server.Url, _time,
            [("Server:TokenUrl", Url), ("Server:ClientId", "gw"), .. settings.Select(one => ("Server:" + one.Key, one.Value))]);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static JsonNode Json(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;

    private static bool IsSigned(AsymmetricAlgorithm key, string text, byte[] signature)
    {
        var data = Encoding.ASCII.GetBytes(text);
        return key is RSA rsa
            ? rsa.VerifyData(data, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).VerifyData(data, signature, key.KeySize == 256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384);
    }
}
