using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Requests to the external FHIR server. Resources travel as JSON as they are, so that what another system wrote comes back
/// as it was.</summary>
internal sealed class FhirServerClient(
    [FromKeyedServices(FhirServerOptions.Section)] HttpClient http, IOptions<FhirServerOptions> options, FhirServerTokens tokens,
    TimeProvider time)
{
    public const string MediaType = "application/fhir+json";

    // Of resources that somebody else made: a study of some thousand images is less.
    private const int LongestAnswer = 64 << 20;

    private readonly string _root = options.Value.Url?.AbsoluteUri.TrimEnd('/') ?? "";

    public Task<FhirAnswer> GetAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Get, path, null, null, cancel);

    /// <param name="path">Below the base URL; empty for a transaction.</param>
    /// <param name="ifNoneExist">Search by which the server finds what it need not create; null: it creates.</param>
    public Task<FhirAnswer> PostAsync(string path, JsonObject resource, string? ifNoneExist, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, resource, ifNoneExist is null ? null : ("If-None-Exist", ifNoneExist), cancel);

    /// <param name="ifMatch">The only version that may be replaced.</param>
    public Task<FhirAnswer> PutAsync(string path, JsonObject resource, string ifMatch, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, path, resource, ("If-Match", ifMatch), cancel);

    public Task<FhirAnswer> DeleteAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Delete, path, null, null, cancel);

    /// <summary>At most two resources of a type that match.</summary>
    /// <exception cref="FhirServerException">The search failed.</exception>
    public async Task<IReadOnlyList<JsonObject>> FindAsync(string type, string query, CancellationToken cancel)
    {
        var answer = await GetAsync($"{type}?{query}&_count=2", cancel);
        if (!answer.IsSuccess)
            throw FhirServerException.Of(answer, $"Search for {type}");
        return answer.Body?["entry"] is not JsonArray entries
            ? []
            : [.. entries.Select(entry => entry?["resource"]).OfType<JsonObject>().Where(found => (string?)found["resourceType"] == type)];
    }

    /// <summary>The id of a resource that the server made or found.</summary>
    /// <param name="answer">Of the request; its Location counts, where it has one.</param>
    /// <param name="search">Finds it, where the answer does not say it.</param>
    /// <exception cref="FhirServerException">The server does not say it.</exception>
    public async Task<string> IdOfAsync(FhirAnswer answer, string type, string search, CancellationToken cancel)
    {
        if (answer.Location is { } location && FhirReferences.Relative(location).Split('/') is [var named, var id] && named == type)
            return id;
        if ((string?)answer.Body?["resourceType"] == type && (string?)answer.Body["id"] is { } told)
            return told;
        return await FindAsync(type, search, cancel) is [var found, ..] && (string?)found["id"] is { } searched
            ? searched : throw new FhirServerException($"The server took a {type} and does not find it", answer.Status);
    }

    /// <summary>An identifier as a search.</summary>
    public static string ByIdentifier(string? system, string value) => "identifier=" + Token(system, value);

    /// <summary><c>system|value</c>, escaped.</summary>
    public static string Token(string? system, string value) => Uri.EscapeDataString($"{Plain(system ?? "")}|{Plain(value)}");

    private static string Plain(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal);

    /// <exception cref="FhirServerException">The server gave no answer, or let nobody in.</exception>
    private async Task<FhirAnswer> SendAsync(
        HttpMethod method, string path, JsonObject? body, (string Name, string Value)? condition, CancellationToken cancel)
    {
        var answer = await SendOnceAsync(method, path, body, condition, cancel);
        if (answer.Status == 401 && tokens.Forget())
            answer = await SendOnceAsync(method, path, body, condition, cancel);
        return answer;
    }

    private async Task<FhirAnswer> SendOnceAsync(
        HttpMethod method, string path, JsonObject? body, (string Name, string Value)? condition, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path.Length == 0 ? _root : $"{_root}/{path}");
        request.Headers.Accept.Add(new(MediaType));
        request.Headers.Authorization = await tokens.HeaderAsync(cancel);
        if (condition is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(MediaType));
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw FhirServerException.Away(string.Create(
                CultureInfo.InvariantCulture, $"no answer within {options.Value.Timeout.TotalSeconds:0} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw FhirServerException.Away(
                e is HttpRequestException { HttpRequestError: var error } ? $"no connection ({error})" : "the connection broke");
        }
    }

    private async Task<FhirAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > LongestAnswer)
            throw FhirServerException.Refused("The server's answer is longer than 64 MiB.", (int)response.StatusCode);
        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancel);
        var retry = response.Headers.RetryAfter;
        return new((int)response.StatusCode, Parse(await response.Content.ReadAsByteArrayAsync(cancel)))
        {
            ETag = response.Headers.TryGetValues("ETag", out var tags) ? tags.First() : null,
            Location = response.Headers.TryGetValues("Location", out var places) ? places.First() : null,
            RetryAfter = retry?.Delta ?? (retry?.Date - time.GetUtcNow()),
        };
    }

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
