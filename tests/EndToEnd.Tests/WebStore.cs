using System.Net.Http.Headers;

namespace Gateway.EndToEnd.Tests;

/// <summary>A STOW-RS client (PS3.18 section 10.5).</summary>
internal static class WebStore
{
    private const string Boundary = "part";

    public static MultipartContent Request(params IEnumerable<HttpContent> parts)
    {
        var content = new MultipartContent("related", Boundary);
        content.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
        foreach (var part in parts)
        {
            part.Headers.ContentType = new("application/dicom");
            content.Add(part);
        }
        return content;
    }

    public static async Task<HttpResponseMessage> StowAsync(this GatewayProcess gateway, params string[] files)
    {
        using var content = Request(await Task.WhenAll(
            files.Select(async file => (HttpContent)new ByteArrayContent(await File.ReadAllBytesAsync(file)))));
        return await gateway.Http.PostAsync("/dicomweb/studies", content, TestContext.Current.CancellationToken);
    }
}
