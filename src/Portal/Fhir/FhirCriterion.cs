using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>One parameter of a search with its alternatives.</summary>
internal sealed record FhirCriterion(FhirParameter Parameter, IReadOnlyList<FhirTest> Alternatives)
{
    /// <summary>A resource that has no such value does not match, whatever is asked for.</summary>
    public bool Matches(JsonObject resource) =>
        Parameter.Values(resource).Any(value => Alternatives.Any(test => test.Matches(value)));
}
