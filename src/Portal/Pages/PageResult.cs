using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Gateway.Portal.Pages;

/// <summary>A page rendered to HTML in one go. Razor encodes everything that came from a peer. There is no circuit, no
/// cookie and no key ring.</summary>
internal sealed class PageResult<TPage>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK) : IResult
    where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var renderer = new HtmlRenderer(
            httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        var bytes = Encoding.UTF8.GetBytes(html);
        // An open page asks every few seconds: what it shows already is not sent again.
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
        httpContext.Response.Headers.ETag = tag;
        if (status == StatusCodes.Status200OK && httpContext.Request.Headers.IfNoneMatch == tag)
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        else
            await TypedResults.Text(html, "text/html", Encoding.UTF8, status).ExecuteAsync(httpContext);
    }
}
