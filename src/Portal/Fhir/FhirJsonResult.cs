using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>Answers in <c>application/fhir+json</c>.</summary>
internal static class FhirJsonResult
{
    public const string MediaType = "application/fhir+json";

    public static IResult Of(JsonObject resource, int status = StatusCodes.Status200OK) => Of(resource.ToJsonString(), status);

    public static IResult Of(string json, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(json, MediaType, Encoding.UTF8, status);
}
