using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>A page of search results.</summary>
/// <param name="Included">What the matches lead to, or what leads to them, if it was asked for.</param>
/// <param name="Next">Where the next page goes on; null on the last one.</param>
/// <param name="Total">Of all pages; null where nobody counted.</param>
internal sealed record FhirPage(
    IReadOnlyList<JsonObject> Matches, IReadOnlyList<JsonObject> Included, string? Next, int? Total);
