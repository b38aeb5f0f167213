using Microsoft.AspNetCore.Http.HttpResults;

using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>QIDO-RS: searches at <c>/dicomweb</c> (PS3.18 section 10.6).</summary>
internal static class SearchApi
{
    private const string Literal =
        "299 gateway: \"The fuzzymatching parameter is not supported. Only literal matching has been performed.\"";
    private const string More = "299 gateway: \"There are more results than are returned at once: ask for them with offset and limit.\"";

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/studies", QueryLevel.Study);
        Map(routes, "/series", QueryLevel.Series);
        Map(routes, "/instances", QueryLevel.Instance);
        Map(routes, "/studies/{study}/series", QueryLevel.Series);
        Map(routes, "/studies/{study}/instances", QueryLevel.Instance);
        Map(routes, "/studies/{study}/series/{series}/instances", QueryLevel.Instance);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, QueryLevel level) => routes.MapGet(
        DicomWebAddress.Root + path,
        (HttpContext context, DicomWebSearch search, IObjectStore objects) =>
            RunAsync(context, new(level, search, objects)));

    private static async Task<IResult> RunAsync(HttpContext context, Searched searched)
    {
        var errors = new Dictionary<string, string[]>();
        var request = SearchRequest.Read(searched.Level, context.Request.Query, errors);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        if (!Accepted.Json(context.Request))
            return NotAcceptable();
        var scope = SearchScope.Of(context);
        if (await searched.Search.RunAsync(request, scope, context.RequestAborted) is not { } found)
            return Problems.NotFound(scope.Series is null ? "study" : "series");
        Warn(context.Response, request, found.Count);
        if (found.Count == 0 || request.Limit == 0)
            return TypedResults.NoContent();
        var items = new FoundItems(
            searched.Objects, LevelFields.Of(request, scope), new DicomWebAddress(context.Request));
        return new DicomJsonResult<Found>(found.Take(request.Limit), (row, json) => items.Write(row, new(json, bulkDataRoot: null)));
    }

    /// <summary>The caller's own limit is no news to it.</summary>
    private static void Warn(HttpResponse response, SearchRequest request, int found)
    {
        if (request.Fuzzy)
            response.Headers.Append("Warning", Literal);
        if (request.Limit == SearchRequest.MostResults && found > request.Limit)
            response.Headers.Append("Warning", More);
    }

    private static ProblemHttpResult NotAcceptable() => TypedResults.Problem(
        statusCode: StatusCodes.Status406NotAcceptable, title: "Not acceptable", detail: $"Only {DicomJsonResult.ContentType} is served.");

    private sealed record Searched(QueryLevel Level, DicomWebSearch Search, IObjectStore Objects);
}
