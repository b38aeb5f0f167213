namespace Gateway.Portal.DicomWeb;

/// <summary>What a caller takes: <c>accept</c> in the query string if it is there, else the header (PS3.18 section 8.3.3.1).</summary>
internal static class Accepted
{
    /// <summary>In the order of preference. Who says nothing takes anything.</summary>
    public static IReadOnlyList<MediaRange> Of(HttpRequest request)
    {
        var asked = request.Query["accept"].ToString() is { Length: > 0 } query ? query : request.Headers.Accept.ToString();
        return string.IsNullOrWhiteSpace(asked) ? [new("*/*", null, null, 1)] : MediaRange.ParseAll(asked);
    }

    /// <summary>Whether metadata may be sent, which is JSON alone.</summary>
    public static bool Json(HttpRequest request) => Of(request).Any(
        range => range.IsAny || range.Type is DicomJsonResult.ContentType or "application/json" or "application/*");
}
