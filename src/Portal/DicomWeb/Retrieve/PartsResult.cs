using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gateway.Portal.DicomWeb;

/// <summary>Parts as <c>multipart/related</c>, or one part alone (PS3.18 section 8.6). They are made one after another while they are sent,
/// so that an answer of any length takes the memory of one part.</summary>
/// <param name="parts">The first is made before anything is sent, so that it can be refused.</param>
/// <param name="type">Media type of the parts.</param>
/// <param name="tag">Which bytes these are.</param>
/// <param name="isMultipart">False for one part alone.</param>
internal sealed class PartsResult(IAsyncEnumerable<Part> parts, string type, EntityTagHeaderValue tag, bool isMultipart) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        response.GetTypedHeaders().ETag = tag;
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        try
        {
            await WriteAsync(response, cancel);
        }
        catch (DicomDataException) when (!response.HasStarted)
        {
            response.Headers.ETag = default;
            await NotAcceptable("It cannot be decoded here: ask for it as it is stored, with transfer-syntax=*.").ExecuteAsync(httpContext);
        }
    }

    public static ProblemHttpResult NotAcceptable(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status406NotAcceptable, title: "Not acceptable", detail: detail);

    private async Task WriteAsync(HttpResponse response, CancellationToken cancel)
    {
        var boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var isFirst = true;
        await foreach (var part in parts.WithCancellation(cancel))
        {
            if (isFirst)
                response.ContentType = isMultipart ? $"{MediaRange.Multipart}; type=\"{type}\"; boundary={boundary}" : part.ContentType;
            if (isMultipart)
                await response.Body.WriteAsync(Head(part, boundary, isFirst), cancel);
            await part.WriteAsync(response.Body, cancel);
            isFirst = false;
        }
        if (isMultipart)
            await response.Body.WriteAsync(Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"), cancel);
    }

    private static byte[] Head(Part part, string boundary, bool isFirst)
    {
        var location = part.Location is null ? "" : $"Content-Location: {part.Location}\r\n";
        return Encoding.ASCII.GetBytes($"{(isFirst ? "" : "\r\n")}--{boundary}\r\nContent-Type: {part.ContentType}\r\n{location}\r\n");
    }
}
