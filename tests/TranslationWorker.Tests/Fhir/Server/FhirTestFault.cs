using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker.Tests;

/// <summary>How a request fails.</summary>
/// <param name="Status">The answer; null: the connection is cut.</param>
/// <param name="IsTaken">The server does what it was asked, and only its answer is lost.</param>
internal sealed record FhirTestFault(int? Status = null, bool IsTaken = false)
{
    public int? RetryAfter { get; init; }
    public JsonObject? Outcome { get; init; }

    /// <summary>Nothing is answered until the client goes.</summary>
    public bool IsSilent { get; init; }
}
