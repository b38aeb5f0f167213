using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Gateway.EndToEnd.Tests.Viewer;

/// <summary>OHIF as a hospital has it that knows no gateway: on the DICOMweb of its archive, from one address.</summary>
internal sealed class ViewerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ViewerHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/");

    public static async Task<ViewerHost> StartAsync(string viewer, OrthancServer pacs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var settings = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "Portal", "wwwroot", "viewer-config.js"));
        app.MapGet("/viewer/app-config.js", () => Results.Text(
            settings.Replace("'/dicomweb'", "'/dicom-web'", StringComparison.Ordinal), "text/javascript"));
        app.UseStaticFiles(new StaticFileOptions { RequestPath = "/viewer", FileProvider = new PhysicalFileProvider(viewer) });
        app.MapGet("/dicom-web/{**rest}", context => PassAsync(context, pacs.Http));
        app.MapGet("/viewer/{**address:nonfile}", () => Results.File(Path.Combine(viewer, "index.html"), "text/html"));
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task PassAsync(HttpContext context, HttpClient archive)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, $"{context.Request.Path}{context.Request.QueryString}");
        question.Headers.TryAddWithoutValidation("Accept", (string?)context.Request.Headers.Accept);
        // So that addresses in its answers lead here, too.
        question.Headers.Host = context.Request.Host.Value;
        using var answer = await archive.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
