using System.Globalization;

using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>The read-only FHIR R4 endpoint, <c>/fhir</c>.</summary>
internal static class FhirApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapFhir(this IEndpointRouteBuilder routes)
    {
        var fhir = routes.MapGroup("/fhir").AddEndpointFilter(OnlyJsonAsync);
        fhir.MapMethods("/metadata", Reading, (HttpRequest request) => FhirJsonResult.Of(FhirCapabilities.Of(Root(request))));
        fhir.MapMethods("/{type}", Reading, (string type, HttpRequest request, FhirSearch search, CancellationToken cancel) =>
            SearchAsync(type, request, request.Query, search, cancel));
        fhir.MapPost("/{type}/_search", PostSearchAsync);
        fhir.MapMethods("/{type}/{id}", Reading, ReadAsync);
        fhir.MapMethods("/{type}/{id}/_history/{version}", Reading, ReadVersionAsync);
    }

    /// <summary>The parameters of the body and those of the URL count alike (FHIR R4 "RESTful API", 3.1.0.1.2).</summary>
    private static async Task<IResult> PostSearchAsync(string type, HttpRequest request, FhirSearch search, CancellationToken cancel) =>
        request.HasFormContentType
            ? await SearchAsync(type, request, request.Query.Concat(await request.ReadFormAsync(cancel)), search, cancel)
            : FhirOutcome.Of(
                StatusCodes.Status415UnsupportedMediaType, "A search by POST has its parameters as application/x-www-form-urlencoded.");

    private static async Task<IResult> SearchAsync(
        string type, HttpRequest request, IEnumerable<KeyValuePair<string, StringValues>> parameters, FhirSearch search,
        CancellationToken cancel)
    {
        if (!FhirParameter.ByType.ContainsKey(type))
            return FhirOutcome.Of(StatusCodes.Status404NotFound, "This resource type is not served here; see the CapabilityStatement.");
        var query = new FhirQuery(type, Root(request));
        return query.Read(parameters) is { } error
            ? FhirOutcome.Of(StatusCodes.Status400BadRequest, error)
            : FhirJsonResult.Of(FhirBundle.Of(query, await search.RunAsync(query, cancel)));
    }

    private static async Task<IResult> ReadAsync(
        string type, string id, HttpContext context, FhirSearch search, CancellationToken cancel) =>
        await search.FindAsync(type, id, cancel) is { } row ? Answer(row, context) : Unknown();

    private static async Task<IResult> ReadVersionAsync(
        string type, string id, string version, HttpContext context, FhirSearch search, CancellationToken cancel) =>
        await search.FindAsync(type, id, cancel) is { } row && version == row.Version.ToString(CultureInfo.InvariantCulture)
            ? Answer(row, context)
            : Unknown();

    private static IResult Answer(FhirResource row, HttpContext context)
    {
        var tag = new EntityTagHeaderValue($"\"{row.Version}\"", isWeak: true);
        var headers = context.Response.GetTypedHeaders();
        (headers.ETag, headers.LastModified) = (tag, row.UpdatedAt);
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : FhirJsonResult.Of(row.Json);
    }

    private static IResult Unknown() => FhirOutcome.Of(StatusCodes.Status404NotFound, "There is no such resource, or not in this version.");

    private static ValueTask<object?> OnlyJsonAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return WantsJson(request)
            ? next(context)
            : ValueTask.FromResult<object?>(FhirOutcome.Of(StatusCodes.Status406NotAcceptable, "Only application/fhir+json is served."));
    }

    /// <summary><c>_format</c> wins over Accept (FHIR R4 "RESTful API", 3.1.0.1.11). A browser gets JSON too.</summary>
    private static bool WantsJson(HttpRequest request)
    {
        if (request.Query["_format"].ToString() is { Length: > 0 } format)
            return format.Contains("json", StringComparison.OrdinalIgnoreCase);
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0 || accepted.Any(a => a.MatchesAllTypes || a.MediaType.Value is { } type
            && (type.Contains("json", StringComparison.OrdinalIgnoreCase) || type is "text/html" or "application/*"));
    }

    private static string Root(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}/fhir";
}
