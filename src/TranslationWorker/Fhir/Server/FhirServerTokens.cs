using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>What the external FHIR server lets this client in by: nothing, a token from a file, or one by client credentials (RFC 6749
/// 4.4; by a signed assertion: SMART Backend Services), which is kept until shortly before it ends.</summary>
internal sealed partial class FhirServerTokens(
    [FromKeyedServices(FhirServerOptions.Section)] HttpClient http, IOptions<FhirServerOptions> options, TimeProvider time) : IDisposable
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Token? _held;

    /// <returns>Null: nothing is asked for.</returns>
    /// <exception cref="FhirServerException">There is no token now.</exception>
    public async Task<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancel)
    {
        if (options.Value.TokenFile is { } file)
            return new("Bearer", await SecretAsync(file, cancel));
        if (options.Value.TokenUrl is not { } url)
            return null;
        await _turn.WaitAsync(cancel);
        try
        {
            _held = _held is { } held && held.Until > time.GetUtcNow() ? held : await AskAsync(url, cancel);
            return new("Bearer", _held.Text);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The server did not take the token.</summary>
    /// <returns>Whether the next one may be another.</returns>
    public bool Forget()
    {
        _held = null;
        return options.Value.TokenUrl is not null;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Token> AskAsync(Uri url, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Accept.Add(new("application/json"));
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = options.Value.Scope };
        var client = options.Value.ClientId!;
        if (options.Value.KeyFile is { } key)
        {
            form["client_assertion_type"] = AssertionType;
            form["client_assertion"] = ClientAssertion.Write(
                await SecretAsync(key, cancel), options.Value.KeyId, client, url, time.GetUtcNow());
        }
        else
        {
            var secret = await SecretAsync(options.Value.SecretFile!, cancel);
            var pair = $"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        request.Content = new FormUrlEncodedContent(form);
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return Read((int)response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw FhirServerException.Away("the token endpoint does not answer");
        }
    }

    private Token Read(int status, string body)
    {
        var answer = Parse(body);
        if (status == 200 && Text(answer, "access_token") is { Length: > 0 } token)
        {
            var lasts = answer!["expires_in"] is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is > 0 and < 1e8
                ? TimeSpan.FromSeconds(seconds) : Unsaid;
            return new(token, time.GetUtcNow() + (lasts > 2 * Early ? lasts - Early : lasts / 2));
        }
        var error = Text(answer, "error") is { } code && Code().IsMatch(code) ? $", {code}" : "";
        throw FhirServerException.Away($"the token endpoint answers HTTP {status}{error}");
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? json, string name) =>
        json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static async Task<string> SecretAsync(string file, CancellationToken cancel)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, cancel)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FhirServerException.Away("a secret of Fhir:Server cannot be read from its file");
        }
    }

    private sealed record Token(string Text, DateTimeOffset Until);

    [GeneratedRegex("^[a-z_]{1,40}$")]
    private static partial Regex Code();
}
