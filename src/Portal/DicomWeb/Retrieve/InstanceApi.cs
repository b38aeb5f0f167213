using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>WADO-RS of studies, series and instances, and of their metadata (PS3.18 sections 10.4.1.1.1 and 10.4.1.1.2).</summary>
internal static class InstanceApi
{
    private static readonly string[] Levels =
        ["/studies/{study}", "/studies/{study}/series/{series}", "/studies/{study}/series/{series}/instances/{instance}"];

    public static void MapInstances(this IEndpointRouteBuilder routes)
    {
        foreach (var level in Levels)
        {
            routes.MapGet(DicomWebAddress.Root + level, InstancesAsync);
            routes.MapGet(DicomWebAddress.Root + level + "/metadata", MetadataAsync);
        }
    }

    private static async Task<IResult> InstancesAsync(HttpContext context, StoredInstances instances, IObjectStore objects)
    {
        var found = await instances.FindAsync(context);
        if (found.Count == 0)
            return Missing(context);
        foreach (var range in Accepted.Of(context.Request))
            if (Negotiate(range, found) is { } syntaxes)
                return Answer(context, range, found, syntaxes, objects);
        return PartsResult.NotAcceptable(
            "Instances are sent as multipart/related of application/dicom, one alone also as application/dicom, as they are stored "
            + "(transfer-syntax=*) or not compressed.");
    }

    private static IResult Answer(
        HttpContext context, MediaRange range, IReadOnlyList<StoredInstance> found, List<string> syntaxes, IObjectStore objects)
    {
        var isMultipart = range.Type is MediaRange.Multipart or "*/*";
        if (!isMultipart && syntaxes[0] == found[0].Syntax)
            return Whole(found[0], objects);
        var parts = new InstanceParts(objects, new DicomWebAddress(context.Request)).OfAsync(found.Zip(syntaxes));
        var tag = StoredInstances.Tag(found, string.Join(',', syntaxes.Distinct()) + isMultipart);
        return new PartsResult(parts, InstanceParts.MediaType, tag, isMultipart);
    }

    /// <summary>A stored file alone can be asked for piece by piece.</summary>
    private static FileStreamHttpResult Whole(StoredInstance instance, IObjectStore objects) => TypedResults.Stream(
        objects.OpenRead(instance.Sha256), $"{InstanceParts.MediaType};transfer-syntax={instance.Syntax}", fileDownloadName: null,
        instance.ReceivedAt, new EntityTagHeaderValue($"\"{instance.Sha256}\""), enableRangeProcessing: true);

    /// <returns>A transfer syntax an instance; null where what is taken cannot be sent.</returns>
    private static List<string>? Negotiate(MediaRange range, IReadOnlyList<StoredInstance> found)
    {
        var fits = range.IsAny || (range.Content is InstanceParts.MediaType or "*/*" or "application/*"
            && (range.Type == MediaRange.Multipart || found.Count == 1));
        if (!fits)
            return null;
        var syntaxes = found.Select(instance => SyntaxMedia.Negotiate(instance.Syntax, range.TransferSyntax)).OfType<string>().ToList();
        return syntaxes.Count == found.Count ? syntaxes : null;
    }

    private static async Task<IResult> MetadataAsync(HttpContext context, StoredInstances instances, IObjectStore objects)
    {
        if (!Accepted.Json(context.Request))
            return PartsResult.NotAcceptable($"Only {DicomJsonResult.ContentType} is served.");
        var found = await instances.FindAsync(context);
        if (found.Count == 0)
            return Missing(context);
        var address = new DicomWebAddress(context.Request);
        // The addresses of large values are part of the answer.
        var tag = StoredInstances.Tag(found, address.Instance(found[0]));
        context.Response.GetTypedHeaders().ETag = tag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return new DicomJsonResult<StoredInstance>(found, (instance, json) =>
        {
            using var stored = StoredObject.Open(objects, instance.Sha256);
            new DicomJson(json, address.BulkData(instance)).Write(stored.Dataset);
        });
    }

    /// <summary>404 for what the address names last.</summary>
    public static ProblemHttpResult Missing(HttpContext context) => Problems.NotFound(SearchScope.Of(context) switch
    {
        { Instance: not null } => "instance",
        { Series: not null } => "series",
        _ => "study",
    });
}
