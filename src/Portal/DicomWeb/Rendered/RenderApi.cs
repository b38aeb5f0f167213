using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>WADO-RS of pictures to look at: rendered frames and thumbnails (PS3.18 sections 10.4.1.1.3 and 10.4.1.1.4).</summary>
internal static class RenderApi
{
    private const string Study = DicomWebAddress.Root + "/studies/{study}";
    private const string Series = Study + "/series/{series}";
    private const string Instance = Series + "/instances/{instance}";

    public static void MapRendered(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])[Instance + "/rendered", Instance + "/frames/{frame}/rendered"])
            routes.MapGet(path, (HttpContext context, StoredInstances instances, IObjectStore objects) =>
                RenderAsync(context, instances, objects, isThumbnail: false));
        foreach (var path in (string[])[Study, Series, Instance, Instance + "/frames/{frame}"])
            routes.MapGet(path + "/thumbnail", (HttpContext context, StoredInstances instances, IObjectStore objects) =>
                RenderAsync(context, instances, objects, isThumbnail: true));
    }

    private static async Task<IResult> RenderAsync(
        HttpContext context, StoredInstances instances, IObjectStore objects, bool isThumbnail)
    {
        var errors = new Dictionary<string, string[]>();
        var asked = RenderRequest.Read(context, isThumbnail, errors);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        if (asked.MediaType is null)
            return PartsResult.NotAcceptable("Pictures are sent as image/jpeg or image/png.");
        if (await instances.FindAsync(context) is not { Count: > 0 } found)
            return InstanceApi.Missing(context);
        var instance = found[found.Count / 2];    // of a series or a study, one from its middle
        var tag = StoredInstances.Tag([instance], asked.ToString());
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        try
        {
            return Render(instance, asked, objects) is { } picture
                ? TypedResults.Bytes(picture, asked.MediaType, entityTag: tag)
                : Problems.NotFound("frame");
        }
        catch (DicomDataException)
        {
            return PartsResult.NotAcceptable("No picture can be made of it here.");
        }
    }

    /// <returns>Null where there is no such frame.</returns>
    private static byte[]? Render(StoredInstance instance, RenderRequest asked, IObjectStore objects)
    {
        using var stored = StoredObject.Open(objects, instance.Sha256);
        if (!stored.Dataset.Contains(DicomTag.PixelData))
            return null;
        var reader = new FrameReader(stored.Dataset);
        var frame = asked.Frame ?? (asked.IsThumbnail ? (reader.Count / 2) + 1 : 1);
        if (frame > reader.Count)
            return null;
        var (pixels, image) = reader.Decoded(frame);
        var picture = FramePicture.Of(pixels.Data, Described(image, stored.Dataset), asked.Window);
        if (asked.Viewport is var (width, height))
            picture = picture.Within(width, height);
        return asked.MediaType == RenderRequest.Png
            ? PngWriter.Encode(picture.Width, picture.Pixels, picture.Samples)
            : JpegWriter.Encode(picture, asked.Quality);
    }

    /// <summary>Window and rescale of an enhanced image lie with its functional groups (PS3.3 section C.7.6.16.2).</summary>
    private static DicomDataset Described(DicomDataset image, DicomDataset stored)
    {
        if (image.Contains(DicomTag.RescaleSlope) || !stored.TryGetSequence(DicomTag.SharedFunctionalGroupsSequence, out var shared))
            return image;
        var described = image.Clone();
        foreach (var tag in (DicomTag[])[DicomTag.PixelValueTransformationSequence, DicomTag.FrameVOILUTSequence])
            if (shared.Items.Count > 0 && shared.Items[0].TryGetSequence(tag, out var group) && group.Items.Count > 0)
                group.Items[0].CopyTo(described);
        return described;
    }
}
