using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Hosting;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Gateway.Persistence.Tests;

public sealed class DefaultsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_service_answers_probes_and_metrics()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = AddressOf(app) };

        await Eventually.TrueAsync(async () => (await http.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode, "the service is ready");
        var ready = await http.GetFromJsonAsync<JsonElement>("/health/ready", Cancel);
        Assert.Equal(
            ["away", "database", "disk", "masstransit-bus"],
            ready.GetProperty("checks").EnumerateObject().Select(check => check.Name).Order());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/startup", Cancel)).StatusCode);
        Assert.Contains("process_cpu_seconds_total", await http.GetStringAsync("/metrics", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_alive_but_not_ready()
    {
        await using var app = await StartAsync(("Disk:MinimumFreeMebibytes", "1048576"));
        using var http = new HttpClient { BaseAddress = AddressOf(app) };

        using var ready = await http.GetAsync("/health/ready", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", Cancel)).StatusCode);
        Assert.True(app.Services.GetRequiredService<DiskSpace>().IsLow);
    }

    [Fact]
    public async Task Every_log_line_says_when_in_UTC()
    {
        await using var app = await StartAsync();
        var formatters = app.Services.GetServices<ConsoleFormatter>()
            .Where(f => f.Name is ConsoleFormatterNames.Json or ConsoleFormatterNames.Simple).ToList();

        Assert.Equal(2, formatters.Count);
        foreach (var formatter in formatters)
        {
            using var line = new StringWriter();
            formatter.Write(new LogEntry<string>(LogLevel.Information, "Gateway", 1, "A study came.", null, (text, _) => text), null, line);
            var said = formatter.Name == ConsoleFormatterNames.Json
                ? JsonDocument.Parse(line.ToString()).RootElement.GetProperty("Timestamp").GetString()!
                : line.ToString().Split(' ')[0];
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", said);
            Assert.InRange(
                (TimeProvider.System.GetUtcNow() - DateTimeOffset.Parse(said, CultureInfo.InvariantCulture)).TotalHours, -0.5, 0.5);
        }
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("urls", "http://127.0.0.1:0;http://+:0")]
    [InlineData("http_ports", "0")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://gateway.example:0")]
    public async Task A_server_open_to_others_without_authentication_does_not_start(string key, string address)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("urls", ""), (key, address)));

        Assert.Contains("Auth:Mode", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_an_authenticating_proxy_it_may_be_open()
    {
        await using var app = await StartAsync(("urls", "http://0.0.0.0:0"), ("Auth:Mode", "Proxy"));

        Assert.StartsWith("http://0.0.0.0:", AddressOf(app).OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://127.8.9.1:8080", true)]
    [InlineData("https://localhost", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://unix:/run/gateway.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://10.0.0.1:8080", false)]
    [InlineData("http://localhost.example:8080", false)]
    [InlineData("127.0.0.1:8080", false)]
    public void Loopback_is_told_from_everything_else(string address, bool loopback) =>
        Assert.Equal(loopback, LoopbackGuard.IsLoopback(address));

    [Theory]
    [InlineData("TranslateSeries", "translate-series")]
    [InlineData("IOError", "io-error")]
    [InlineData("Io", "io")]
    [InlineData("DicomV2Parse", "dicom-v2-parse")]
    public void Names_become_kebab_case(string name, string kebab) => Assert.Equal(kebab, Kebab.Of(name));

    private async Task<WebApplication> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["data"] = _folder.Path,
            ["urls"] = "http://127.0.0.1:0",
            ["Disk:MinimumFreeMebibytes"] = "1",
            ["Logging:LogLevel:Default"] = "None",
        });
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.AddGatewayDefaults();
        builder.AddPersistence();
        builder.AddGatewayBus(_ => { });
        var app = builder.Build();
        app.MapGatewayDefaults();
        await app.StartAsync(Cancel);
        return app;
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
