using System.Net;
using Gateway.DicomNetwork;

namespace Gateway.TranslationWorker;

/// <summary>Sends store requests to one peer, on as few connections as it lets us.</summary>
internal sealed class StowSender(StowDestination peer, TimeProvider time) : IDisposable
{
    /// <summary>Room for what is said of some hundred thousand instances.</summary>
    private const int LongestReport = 64 << 20;
    private static readonly string[] Json = ["application/dicom+json", "application/json"];
    private static readonly string[] Xml = ["application/dicom+xml", "application/xml", "text/xml"];

    private HttpClient? _client;

    /// <returns>What became of it; a peer that cannot be reached is an answer, too.</returns>
    public async Task<StowAnswer> SendAsync(IReadOnlyList<StowPart> parts, CancellationToken cancel)
    {
        using var stall = new CancellationTokenSource(peer.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancel);
        try
        {
            _client ??= peer.Client();
            using var request = Request(parts, () => stall.CancelAfter(peer.Timeout));
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return StowAnswer.Of(answer.StatusCode, await ReportAsync(answer, either.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(StowFate.Away, "The peer did not answer in time.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new(IsOpened(error) ? StowFate.Broken : StowFate.Away, $"No answer: {error.GetBaseException().Message}");
        }
        catch (Exception error) when (error is DicomNetworkException or UnauthorizedAccessException)
        {
            return new(StowFate.Away, error.Message);
        }
    }

    /// <summary>Search for a study, or a series of it (QIDO-RS, PS3.18 10.6).</summary>
    public async Task<SourceAnswer> FindAsync(SourceQuestion question, CancellationToken cancel)
    {
        var (path, tag, uid) = question.SeriesInstanceUid is { } series
            ? ($"studies/{question.StudyInstanceUid}/series?SeriesInstanceUID={series}", "0020000E", series)
            : ($"studies?StudyInstanceUID={question.StudyInstanceUid}", "0020000D", question.StudyInstanceUid);
        using var expiry = new CancellationTokenSource(peer.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancel);
        try
        {
            _client ??= peer.Client();
            using var answer = await _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound)
                return new(false);
            return answer.StatusCode == HttpStatusCode.OK && await BodyAsync(answer, Json, either.Token) is { } body
                ? new(StowReport.Names(body, tag, uid))
                : new(null, Text: $"The destination answered a search with HTTP {(int)answer.StatusCode}.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, Text: "The peer did not answer in time.");
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException or DicomNetworkException or UnauthorizedAccessException)
        {
            return new(null, Text: $"No answer: {error.GetBaseException().Message}");
        }
    }

    public void Dispose() => _client?.Dispose();

    /// <summary>Asked whether it wants the body, a peer that does not want it says why before it is sent, instead of breaking the
    /// connection over it.</summary>
    private static HttpRequestMessage Request(IReadOnlyList<StowPart> parts, Action moved)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "studies") { Content = new StowContent(parts, moved) };
        request.Headers.ExpectContinue = true;
        return request;
    }

    /// <summary>Whether the connection was there, so that the peer may have broken it over what it was sent.</summary>
    private static bool IsOpened(Exception error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse or HttpRequestError.Unknown,
    };

    private static async Task<StowReport?> ReportAsync(HttpResponseMessage answer, CancellationToken cancel) =>
        await BodyAsync(answer, Json.Concat(Xml), cancel) is not { } body ? null
            : IsOf(answer, Xml) ? StowReport.ParseXml(body) : StowReport.Parse(body);

    private static bool IsOf(HttpResponseMessage answer, IEnumerable<string> types) =>
        types.Contains(answer.Content.Headers.ContentType?.MediaType, StringComparer.OrdinalIgnoreCase);

    /// <returns>Null where it is of no such type, or too much.</returns>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(
        HttpResponseMessage answer, IEnumerable<string> types, CancellationToken cancel)
    {
        if (!IsOf(answer, types) || answer.Content.Headers.ContentLength > LongestReport)
            return null;
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        while (await stream.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (bytes.Length + count > LongestReport)
                return null;
            bytes.Write(buffer, 0, count);
        }
        return bytes.ToArray();
    }
}
