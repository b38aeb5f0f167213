using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

/// <summary>An FHIR R4 server on this machine that keeps versions, creates and replaces by condition, and fails as it is told to.</summary>
internal sealed class FhirTestServer : IAsyncDisposable
{
    private readonly FhirTestStore _store = new();
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;
    private Uri? _upstream;

    /// <summary>What becomes of a request: null, it is answered.</summary>
    public Func<HttpRequest, FhirTestFault?> Faults { get; set; } = _ => null;

    /// <summary>Called before a request is answered.</summary>
    public Func<HttpRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    public List<string> Requests { get; } = [];
    public List<string?> Authorizations { get; } = [];
    public Uri Url { get; private set; } = null!;

    /// <param name="upstream">Base URL of a server that answers instead; null: this one does.</param>
    /// <param name="identity">By TLS, with this certificate; it wants one of <c>CN=gateway</c>.</param>
    public static async Task<FhirTestServer> StartAsync(Uri? upstream = null, X509Certificate2? identity = null)
    {
        var server = new FhirTestServer { _upstream = upstream };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => FhirTestEndpoint.Secure(endpoint, identity)));
        server._app = builder.Build();
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        server.Url = new(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
            + "/fhir");
        return server;
    }

    /// <summary>What it holds of a type, oldest first.</summary>
    public List<JsonObject> All(string type) => _store.Find(type, _ => true);

    public IEnumerable<T> Read<T>(string type)
        where T : Resource => All(type).Select(json => FhirJsonDeserializer.STRICT.Deserialize<T>(json.ToJsonString()));

    /// <summary>As another system would.</summary>
    public string Put(JsonObject resource) => _store.Write(resource, null);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task<(int Status, JsonObject? Answer)> ForwardAsync(HttpRequest request, JsonObject? body)
    {
        using var forwarded = new HttpRequestMessage(
            new(request.Method), $"{_upstream}{request.Path.Value!["/fhir".Length..]}{request.QueryString}");
        foreach (var name in (string[])["If-Match", "If-None-Exist"])
            if (request.Headers[name] is [var value, ..])
                forwarded.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            forwarded.Content = new StringContent(body.ToJsonString(), null, "application/fhir+json");
        using var answer = await _http.SendAsync(forwarded);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()) as JsonObject);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        lock (Requests)
        {
            Requests.Add($"{request.Method} {request.Path.Value!["/fhir".Length..]}{WebUtility.UrlDecode(request.QueryString.Value)}");
            Authorizations.Add(request.Headers.Authorization);
        }
        var body = request.Method is "POST" or "PUT" ? (JsonObject?)await JsonNode.ParseAsync(request.Body) : null;
        await Before(request);
        var fault = Faults(request);
        // A server that says nothing: it ends when the client gives up.
        if (fault is { IsSilent: true })
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (fault is { IsTaken: false })
        {
            await FailAsync(context, fault);
            return;
        }
        var (status, answer) = _upstream is null ? _store.Handle(request, body) : await ForwardAsync(request, body);
        if (fault is not null)
            await FailAsync(context, fault);
        else
            await WriteAsync(context.Response, status, answer);
    }

    private static async Task FailAsync(HttpContext context, FhirTestFault fault)
    {
        if (fault.Status is not { } status)
        {
            context.Abort();
            return;
        }
        if (fault.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await WriteAsync(context.Response, status, fault.Outcome);
    }

    private static async Task WriteAsync(HttpResponse response, int status, JsonObject? answer)
    {
        response.StatusCode = status;
        if (answer?["meta"]?["versionId"] is { } version)
            response.Headers.ETag = $"W/\"{version}\"";
        if (status == 201)
            response.Headers.Location = $"http://elsewhere/fhir/{answer!["resourceType"]}/{answer["id"]}/_history/1";
        response.ContentType = "application/fhir+json";
        if (answer is not null)
            await response.WriteAsync(answer.ToJsonString());
    }
}
