using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>What a FHIR server answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Null where there is none, or none that is a JSON object.</param>
internal sealed record FhirAnswer(int Status, JsonObject? Body)
{
    /// <summary>The ETag header as it came, to be sent back as If-Match.</summary>
    public string? ETag { get; init; }

    /// <summary>The Location header.</summary>
    public string? Location { get; init; }

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;
}
