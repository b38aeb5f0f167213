using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Who we are to a DICOMweb server, and whom we trust.</summary>
public sealed class StowAccessTests : IDisposable
{
    private const string Pacs = "pacs";

    private readonly FakeTimeProvider _time = new(SampleStudy.Received);
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

    [Theory]
    [InlineData("BearerToken=abc.def", "Bearer abc.def")]
    [InlineData("User=gateway;Password=geheim:ü", "Basic Z2F0ZXdheTpnZWhlaW06w7w=")]
    public async Task A_token_or_a_password_is_shown_with_each_request(string settings, string header)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        await using var server = await StowServer.StartAsync();
        using var delivery = Delivery(database, server.Url, Split(settings));

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal([(header, 1)], server.Requests);
    }

    [Fact]
    public async Task A_token_in_a_file_is_read_anew_and_one_that_is_not_there_is_waited_for()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        await using var server = await StowServer.StartAsync();
        server.Instead = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.FromResult(context.Request.Headers.Authorization != "Bearer new");
        };
        var file = _folder.Combine("token");
        await File.WriteAllTextAsync(file, "old\n", Cancel);
        using var delivery = Delivery(database, server.Url, ("BearerTokenFile", file));
        delivery.Validate();

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.Equal((DeliveryState.Pending, "The destination answered HTTP 401."), await StateAsync(database));
        File.Delete(file);
        _time.Advance(TimeSpan.FromMinutes(1));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.Equal(DeliveryState.Pending, (await StateAsync(database)).State);
        await File.WriteAllTextAsync(file, "new\n", Cancel);
        _time.Advance(TimeSpan.FromMinutes(1));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal((DeliveryState.Delivered, null), await StateAsync(database));
    }

    [Fact]
    public async Task A_server_is_trusted_by_its_authority_and_shown_our_certificate()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        var (certificate, key) = _authority.Issue("server", "CN=archive");
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        using var identity = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        await using var server = await StowServer.StartAsync(identity: identity);
        using var wary = Delivery(database, server.Url, Tls(_stranger.Roots));
        using var trusting = Delivery(database, server.Url, Tls(_authority.Roots));

        await wary.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.Equal(DeliveryState.Pending, (await StateAsync(database)).State);
        Assert.Empty(server.Requests);
        await trusting.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal((DeliveryState.Delivered, null), await StateAsync(database));
        Assert.Single(server.Stored);
    }

    [Fact]
    public async Task No_secret_is_logged_nor_kept_with_the_deliveries()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        await using var server = await StowServer.StartAsync();
        server.Instead = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.FromResult(true);
        };
        using var logs = new Lines();
        using var delivery = new TestDelivery(
            database, builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs),
            new Dictionary<string, string>(TestDelivery.StowRs(Pacs, server.Url)) { ["BearerToken"] = "sehrgeheim" });

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal("Bearer sehrgeheim", server.Requests.Single().Authorization);
        Assert.NotEmpty(logs.Told);
        Assert.DoesNotContain(logs.Told, line => line.Contains("geheim", StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", (await StateAsync(database)).Error!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Url=", "Url")]
    [InlineData("Url=ftp://pacs.example", "Url")]
    [InlineData("Url=https://gateway:secret@pacs.example", "Url")]
    [InlineData("Url=http://pacs.example/dicom-web;BearerToken=a", "https://")]
    [InlineData("Url=https://pacs.example/dicom-web;BearerToken=a;User=b;Password=c", "One of BearerToken")]
    [InlineData("Url=https://pacs.example/dicom-web;User=b", "User comes with")]
    [InlineData("Url=https://pacs.example/dicom-web;Password=b", "Password comes with User")]
    [InlineData("Url=https://pacs.example/dicom-web;User=b;PasswordFile=nowhere", "PasswordFile is a file")]
    [InlineData("Url=https://pacs.example/dicom-web;BearerTokenFile=nowhere", "BearerTokenFile is a file")]
    [InlineData("Url=https://pacs.example/dicom-web;Tls:TrustedRoots=nowhere", "TrustedRoots is a file")]
    [InlineData("Url=https://pacs.example/dicom-web;RequestMebibytes=0", "RequestMebibytes")]
    public async Task A_destination_that_makes_no_sense_is_told_at_the_start(string settings, string fault)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var delivery = Delivery(database, "", Split(settings));

        Assert.Contains(fault, Assert.Throws<OptionsValidationException>(delivery.Validate).Message, StringComparison.Ordinal);
    }

    private static (string Key, string Value)[] Split(string settings) =>
        [.. settings.Split(';').Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]))];

    private static async Task<(DeliveryState State, string? Error)> StateAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var row = await db.Deliveries.SingleAsync(Cancel);
        return (row.State, row.Error);
    }

    private (string Key, string Value)[] Tls(string roots)
    {
        var (certificate, key) = _authority.Issue("gateway", "CN=gateway");
        return [("Tls:TrustedRoots", roots), ("Tls:Certificate", certificate), ("Tls:Key", key), ("Tls:ServerName", "localhost")];
    }

    private TestDelivery Delivery(TestDatabase database, string url, params (string Key, string Value)[] settings)
    {
        var keys = TestDelivery.StowRs(Pacs, url);
        foreach (var (key, value) in settings)
            keys[key] = value;
        return new(database, builder => builder.Services.AddSingleton<TimeProvider>(_time), keys);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Told { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Told.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
