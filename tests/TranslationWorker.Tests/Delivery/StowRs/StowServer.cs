using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A DICOMweb origin server on Kestrel that stores, and does what a test tells it to: a real one cannot be made to fail at
/// will.</summary>
internal sealed class StowServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StowServer(WebApplication app) => _app = app;

    /// <summary>Files by SOP Instance UID.</summary>
    public ConcurrentDictionary<string, byte[]> Stored { get; } = [];

    /// <summary>The Authorization of each request, and how many files it held; a request whose body was not read holds none.</summary>
    public ConcurrentQueue<(string? Authorization, int Files)> Requests { get; } = [];

    /// <summary>What is done with a request instead of reading it; false: nothing.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>Called with each file once it was read.</summary>
    public Action<HttpContext, string> OnFile { get; set; } = (_, _) => { };

    /// <summary>Failure or Warning Reason (Bxxx) by SOP Instance UID; null: it is stored.</summary>
    public Func<string, int?> Reason { get; set; } = _ => null;

    /// <summary>The answer's status and text, of the usual ones; the text may be none.</summary>
    public Func<int, string, (int Status, string? Text)> Answer { get; set; } = (status, text) => (status, text);

    /// <summary>What the answer says it is.</summary>
    public string AnswerType { get; set; } = "application/dicom+json";

    /// <summary>Failures without a reason and an answer without the instance are faults, too.</summary>
    public Func<string, bool> IsLeftOut { get; set; } = _ => false;

    /// <summary>Study and Series Instance UIDs that a search finds; null: it has none of QIDO-RS.</summary>
    public HashSet<string>? Known { get; set; }

    public string Url => $"{_app.Urls.First()}/dicom-web";

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <param name="port">One that was another's, or will be; 0: any.</param>
    /// <param name="largest">Longest body that it takes, in bytes; it answers 413 to more.</param>
    /// <param name="identity">By TLS, with this certificate; it wants one of its caller.</param>
    public static async Task<StowServer> StartAsync(int port = 0, long? largest = null, X509Certificate2? identity = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = largest;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, endpoint => FhirTestEndpoint.Secure(endpoint, identity));
        });
        var app = builder.Build();
        var server = new StowServer(app);
        app.MapPost("/dicom-web/studies", server.StoreAsync);
        app.MapGet("/dicom-web/studies", (HttpContext context) => server.Search(context.Request.Query["StudyInstanceUID"]!, "0020000D"));
        app.MapGet(
            "/dicom-web/studies/{study}/series",
            (HttpContext context) => server.Search(context.Request.Query["SeriesInstanceUID"]!, "0020000E"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));    // a test that ends does not wait for what it left hanging
        await _app.DisposeAsync();
    }

    private async Task StoreAsync(HttpContext context)
    {
        if (await Instead(context))
        {
            Requests.Enqueue((context.Request.Headers.Authorization, 0));
            return;
        }
        var files = await ReadAsync(context);
        Requests.Enqueue((context.Request.Headers.Authorization, files.Count));
        var (stored, failed) = (new List<string>(), new List<string>());
        foreach (var (uid, bytes) in files)
        {
            var reason = Reason(uid);
            var isStored = reason is null or >= 0xB000 and <= 0xBFFF;
            if (isStored)
                Stored[uid] = bytes;
            if (!IsLeftOut(uid))
                (isStored ? stored : failed).Add(Item(uid, isStored ? "00081196" : "00081197", reason));
        }
        var usual = failed.Count == 0 && files.Keys.All(uid => Reason(uid) is null) ? 200 : stored.Count > 0 ? 202 : 409;
        var (status, text) = Answer(usual, $$"""
            { "00081199": { "vr": "SQ", "Value": [{{string.Join(',', stored)}}] },
              "00081198": { "vr": "SQ", "Value": [{{string.Join(',', failed)}}] } }
            """);
        context.Response.StatusCode = status;
        context.Response.ContentType = AnswerType;
        if (text is not null)
            await context.Response.WriteAsync(text);
    }

    private IResult Search(string uid, string tag) => Known switch
    {
        null => Results.StatusCode(StatusCodes.Status501NotImplemented),
        var known when known.Contains(uid) => Results.Text(
            $$"""[{ "{{tag}}": { "vr": "UI", "Value": ["{{uid}}"] } }]""", "application/dicom+json"),
        { Count: > 0 } => Results.Text($$"""[{ "{{tag}}": { "vr": "UI", "Value": ["1.2.3.other"] } }]""", "application/dicom+json"),
        _ => Results.StatusCode(StatusCodes.Status204NoContent),
    };

    private static string Item(string uid, string tag, int? reason) =>
        $$"""{ "00081155": { "vr": "UI", "Value": ["{{uid}}"] }"""
        + (reason is { } code ? $$""", "{{tag}}": { "vr": "US", "Value": [{{code}}] } }""" : " }");

    private async Task<Dictionary<string, byte[]>> ReadAsync(HttpContext context)
    {
        var type = Microsoft.Net.Http.Headers.MediaTypeHeaderValue.Parse(context.Request.ContentType);
        Assert.Equal("multipart/related", type.MediaType.Value);
        Assert.Equal("\"application/dicom\"", type.Parameters.Single(parameter => parameter.Name == "type").Value.Value);
        var reader = new MultipartReader(type.Boundary.Value!.Trim('"'), context.Request.Body);
        var files = new Dictionary<string, byte[]>();
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            Assert.Equal("application/dicom", section.ContentType);
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes, context.RequestAborted);
            bytes.Position = 0;
            var uid = DicomFile.Open(bytes).Dataset.GetString(DicomTag.SOPInstanceUID);
            OnFile(context, uid);
            files.Add(uid, bytes.ToArray());
        }
        return files;
    }
}
