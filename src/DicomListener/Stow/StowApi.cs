using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gateway.DicomListener;

/// <summary>STOW-RS, <c>POST /dicomweb/studies</c> (PS3.18 §10.5): the front door for those who do not speak DIMSE. The listener serves
/// it, so that what comes by HTTP goes the way of what comes by C-STORE.</summary>
internal static class StowApi
{
    private const string Studies = "/dicomweb/studies";
    private const int LongestBoundary = 70;

    public static void MapStow(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Studies, (HttpContext context, StowRequests requests) => StoreAsync(context, requests, study: null));
        routes.MapPost(
            Studies + "/{study}", (string study, HttpContext context, StowRequests requests) => StoreAsync(context, requests, study));
    }

    private static async Task<IResult> StoreAsync(HttpContext context, StowRequests requests, string? study)
    {
        var request = context.Request;
        if (requests.Refuse(request) is var (status, detail))
            return TypedResults.Problem(statusCode: status, title: "Not allowed", detail: detail);
        if (study is not null && !Uid.TryParse(study, out _))
            return NotValid("The study is no UID.");
        if (Boundary(request.ContentType) is not { } boundary)
            return TypedResults.Problem(
                statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Not supported",
                detail: "Objects are taken as multipart/related; type=\"application/dicom\".");
        // Objects are streamed to the disk, whose free space is watched; a request may hold a study of any size.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        try
        {
            if (await requests.StoreAsync(context, boundary, study) is not { } outcomes)
                return NotValid("The request breaks off or is not made of parts; the objects that came whole are kept.");
            return outcomes.Count == 0
                ? NotValid("The request has no part of application/dicom.")
                : new StowAnswer(outcomes, $"{request.Scheme}://{request.Host}{request.PathBase}{Studies}");
        }
        catch (Exception error) when (error is StowStoppedException || WorldFaults.DependencyOf(error) == "database")
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not now",
                detail: "The gateway stops, or its database is away: send the request again.");
        }
    }

    private static ProblemHttpResult NotValid(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Not valid", detail: detail);

    /// <summary>Null for anything but parts of <c>application/dicom</c>. Callers leave out the quotes that a type as a parameter
    /// needs.</summary>
    private static string? Boundary(string? contentType)
    {
        if (contentType is null || !contentType.StartsWith("multipart/related", StringComparison.OrdinalIgnoreCase))
            return null;
        var parameters = contentType.Split(';').Skip(1).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim().ToLowerInvariant(), pair => HeaderUtilities.RemoveQuotes(pair[1].Trim()).ToString());
        return parameters["type"].FirstOrDefault("application/dicom").Equals("application/dicom", StringComparison.OrdinalIgnoreCase)
            && parameters["boundary"].FirstOrDefault() is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : null;
    }
}
