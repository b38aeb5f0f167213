using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Portal.Tests;

/// <summary>Asks a portal's DICOMweb as viewers do.</summary>
internal static class WebClient
{
    /// <summary>GET below <c>/dicomweb/</c>.</summary>
    public static async Task<HttpResponseMessage> GetAsync(PortalHost host, string path, string? accept = null, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "dicomweb/" + path);
        if (accept is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Accept", accept));
        if (known is not null)
            request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(known));
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonArray> JsonAsync(PortalHost host, string path)
    {
        var answer = await GetAsync(host, path, "application/dicom+json");
        Assert.Equal((200, "application/dicom+json"), ((int)answer.StatusCode, $"{answer.Content.Headers.ContentType}"));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();
    }

    /// <summary>The parts of a multipart answer: Content-Type and bytes of each.</summary>
    public static async Task<IReadOnlyList<(string ContentType, byte[] Bytes)>> PartsAsync(HttpResponseMessage answer)
    {
        var type = answer.Content.Headers.ContentType!;
        Assert.Equal("multipart/related", type.MediaType);
        var boundary = type.Parameters.Single(p => p.Name == "boundary").Value!.Trim('"');
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var text = Encoding.Latin1.GetString(body);
        Assert.EndsWith($"\r\n--{boundary}--\r\n", text, StringComparison.Ordinal);
        var parts = new List<(string, byte[])>();
        foreach (var part in ("\r\n" + text).Split($"\r\n--{boundary}")[1..^1])
        {
            var head = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var contentType = part[..head].Split("\r\n").Single(line => line.StartsWith("Content-Type:", StringComparison.Ordinal));
            parts.Add((contentType["Content-Type: ".Length..], Encoding.Latin1.GetBytes(part[(head + 4)..])));
        }
        return parts;
    }
}
