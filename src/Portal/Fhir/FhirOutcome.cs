using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>Errors below /fhir as OperationOutcome (FHIR R4, "Operation outcome").</summary>
internal static class FhirOutcome
{
    /// <param name="status">HTTP status, 400 to 599; the issue code follows from it.</param>
    /// <param name="diagnostics">A sentence for people, without patient data.</param>
    public static IResult Of(int status, string? diagnostics = null)
    {
        var issue = new JsonObject { ["severity"] = "error", ["code"] = Code(status) };
        if (diagnostics is not null)
            issue["diagnostics"] = diagnostics;
        return FhirJsonResult.Of(new JsonObject { ["resourceType"] = "OperationOutcome", ["issue"] = new JsonArray(issue) }, status);
    }

    private static string Code(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "invalid",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed or StatusCodes.Status406NotAcceptable
            or StatusCodes.Status415UnsupportedMediaType => "not-supported",
        >= 500 => "exception",
        _ => "processing",
    };
}
