using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Stored bytes: <c>/api/instances/{uid}/file</c> and <c>/api/pictures</c>. All are addressed by content, so the digest is the
/// ETag.</summary>
internal static class ObjectApi
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapObjects(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/instances/{sopInstanceUid}/file", Methods, FileAsync);
        routes.MapMethods("/api/pictures/{id}", Methods, PictureAsync);
        routes.MapMethods("/api/pictures/samples/{sha256}", Methods, SampleAsync);
        routes.MapMethods("/api/pictures/sheets/{sha256}", Methods, SheetAsync);
    }

    private static async Task<IResult> FileAsync(
        string sopInstanceUid, string? sha256, IDbContextFactory<GatewayDbContext> databases, IObjectStore objects,
        CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var copies = db.Instances.AsNoTracking().Where(i => i.SopInstanceUid == sopInstanceUid);
        copies = sha256 is null ? copies.Where(i => !i.Conflict) : copies.Where(i => i.Sha256 == sha256);
        var instance = await copies.OrderBy(i => i.ReceivedAt).ThenBy(i => i.Id).FirstOrDefaultAsync(cancel);
        return instance is null
            ? Problems.NotFound("instance")
            : Bytes(objects, instance.Sha256, instance.ReceivedAt, "application/dicom", $"{instance.SopInstanceUid}.dcm");
    }

    private static async Task<IResult> PictureAsync(
        string id, IDbContextFactory<GatewayDbContext> databases, IObjectStore objects, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var pictures = db.Series.SelectMany(s => s.Pictures, (s, p) => new { p.Id, p.Sha256, s.CreatedAt });
        var picture = Guid.TryParse(id, out var key) ? await pictures.SingleOrDefaultAsync(p => p.Id == key, cancel) : null;
        return picture is null ? Problems.NotFound("picture")
            : Bytes(objects, picture.Sha256, picture.CreatedAt, "image/png", downloadName: null);
    }

    /// <summary>The slice of an archive sample that was translated.</summary>
    private static async Task<IResult> SampleAsync(string sha256, ArchiveQueries archive, IObjectStore objects, CancellationToken cancel)
    {
        if (await archive.CentreAsync(sha256, cancel) is not { } centre)
            return Problems.NotFound("sample");
        try
        {
            await using var stream = objects.OpenRead(sha256);
            return TypedResults.Bytes(
                SamplePicture.Render(stream, centre), "image/png", entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
        }
        catch (Exception e) when (e is FileNotFoundException or InvalidDataException)
        {
            return Problems.Missing();
        }
    }

    /// <summary>A sheet of a training job, of a model or of a shadow's translation.</summary>
    private static async Task<IResult> SheetAsync(string sha256, ModelQueries models, IObjectStore objects, CancellationToken cancel) =>
        await models.IsSheetAsync(sha256, cancel) ? Bytes(objects, sha256, null, "image/png", downloadName: null)
            : Problems.NotFound("sheet");

    private static IResult Bytes(IObjectStore objects, string sha256, DateTimeOffset? since, string contentType, string? downloadName)
    {
        try
        {
            return TypedResults.Stream(
                objects.OpenRead(sha256), contentType, downloadName, since, new EntityTagHeaderValue($"\"{sha256}\""),
                enableRangeProcessing: true);
        }
        catch (FileNotFoundException)
        {
            return Problems.Missing();
        }
    }
}
