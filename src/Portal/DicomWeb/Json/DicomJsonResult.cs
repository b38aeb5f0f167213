using System.Text.Json;

namespace Gateway.Portal.DicomWeb;

/// <summary>An array of data sets as <c>application/dicom+json</c>, sent as it is made: one data set at most is in memory.</summary>
/// <param name="rows">What becomes one data set each.</param>
/// <param name="write">Writes one.</param>
internal sealed class DicomJsonResult<TRow>(IEnumerable<TRow> rows, Action<TRow, Utf8JsonWriter> write) : IResult
{
    /// <summary>Bytes that are gathered before they are sent.</summary>
    private const int Gathered = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = DicomJsonResult.ContentType;
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartArray();
        foreach (var row in rows)
        {
            write(row, json);
            if (json.BytesPending + response.BodyWriter.UnflushedBytes < Gathered)
                continue;
            await json.FlushAsync(cancel);
            await response.BodyWriter.FlushAsync(cancel);
        }
        json.WriteEndArray();
        await json.FlushAsync(cancel);
    }
}

internal static class DicomJsonResult
{
    public const string ContentType = "application/dicom+json";
}
