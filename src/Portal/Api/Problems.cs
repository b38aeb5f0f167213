using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Portal;

/// <summary>Errors of the API as RFC 9457 problem details.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string what) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "Not found", detail: $"There is no such {what}.");

    /// <summary>401 or 403.</summary>
    public static ProblemHttpResult Refused(int status, string detail) =>
        TypedResults.Problem(statusCode: status, title: "Not allowed", detail: detail);

    /// <summary>409: what is asked for does not fit the state.</summary>
    public static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "Not possible now", detail: detail);

    /// <summary>400 with what is wrong by parameter, under <c>errors</c>.</summary>
    public static ValidationProblem BadParameters(Dictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, title: "A parameter is not valid");

    /// <summary>500 for an object the database knows and the store does not have: an operator must look.</summary>
    public static ProblemHttpResult Missing() => TypedResults.Problem(
        statusCode: StatusCodes.Status500InternalServerError,
        title: "The stored object is missing",
        detail: "The database lists it, but its bytes are not in the object store.");
}
