using System.Globalization;
using System.Runtime.CompilerServices;

using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>WADO-RS of frames and of large values (PS3.18 sections 10.4.1.1.5 and 10.4.1.1.6).</summary>
internal static class FrameApi
{
    private const string Instance = DicomWebAddress.Root + "/studies/{study}/series/{series}/instances/{instance}";
    private const int MostFrames = 10_000;

    public static void MapFrames(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Instance + "/frames/{frames}", FramesAsync);
        routes.MapGet(Instance + "/bulkdata/{**path}", BulkDataAsync);
    }

    private static async Task<IResult> FramesAsync(string frames, HttpContext context, StoredInstances instances, IObjectStore objects) =>
        ReadList(frames) is { } list
            ? await AnswerAsync(context, instances, objects, list)
            : Problems.BadParameters(new() { ["frames"] = ["Numbers from 1 on, separated by commas."] });

    /// <param name="list">Null: all of them.</param>
    private static async Task<IResult> AnswerAsync(
        HttpContext context, StoredInstances instances, IObjectStore objects, List<int>? list)
    {
        if (await instances.FindAsync(context) is not [var instance, ..])
            return InstanceApi.Missing(context);
        using var image = StoredObject.Open(objects, instance.Sha256);
        if (!image.Dataset.Contains(DicomTag.PixelData))
            return Problems.NotFound("frame");
        var count = new FrameReader(image.Dataset).Count;
        list ??= [.. Enumerable.Range(1, count)];
        if (list.Any(frame => frame > count))
            return Problems.NotFound("frame");
        foreach (var range in Accepted.Of(context.Request))
            if (FrameFormat.Negotiate(range, instance.Syntax, list.Count) is { } format)
                return new PartsResult(
                    PartsAsync(instance, format, list, objects, new DicomWebAddress(context.Request)), format.MediaType,
                    StoredInstances.Tag([instance], $"{format} {string.Join(',', list)}"), format.IsMultipart);
        return PartsResult.NotAcceptable(
            $"The frames are stored in {instance.Syntax}: they are sent so (transfer-syntax=*), or as {SyntaxMedia.OctetStream}.");
    }

    private static async IAsyncEnumerable<Part> PartsAsync(
        StoredInstance instance, FrameFormat format, IReadOnlyList<int> list, IObjectStore objects, DicomWebAddress address,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var image = StoredObject.Open(objects, instance.Sha256);
        var reader = new FrameReader(image.Dataset);
        foreach (var frame in list)
        {
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
            var bytes = format.IsDecoded ? reader.Decoded(frame).Pixels : reader.Stored(frame);
            yield return new(format.ContentType, address.Frame(instance, frame), bytes.CopyToStreamAsync);
        }
    }

    private static async Task<IResult> BulkDataAsync(string path, HttpContext context, StoredInstances instances, IObjectStore objects)
    {
        if (path.Equals(DicomJson.Name(DicomTag.PixelData), StringComparison.OrdinalIgnoreCase))
            return await AnswerAsync(context, instances, objects, list: null);
        if (await instances.FindAsync(context) is not [var instance, ..])
            return InstanceApi.Missing(context);
        using var stored = StoredObject.Open(objects, instance.Sha256);
        if (BulkDataPath.Find(stored.Dataset, path) is null)
            return Problems.NotFound("value");
        foreach (var range in Accepted.Of(context.Request))
            if (range.Content is "*/*" or "application/*" or SyntaxMedia.OctetStream)
                return new PartsResult(
                    ValueAsync(instance, path, objects), SyntaxMedia.OctetStream, StoredInstances.Tag([instance], path),
                    range.Type is MediaRange.Multipart);
        return PartsResult.NotAcceptable($"Large values are sent as {SyntaxMedia.OctetStream}.");
    }

    private static async IAsyncEnumerable<Part> ValueAsync(StoredInstance instance, string path, IObjectStore objects)
    {
        await Task.Yield();
        using var stored = StoredObject.Open(objects, instance.Sha256);
        yield return new(SyntaxMedia.OctetStream, Location: null, BulkDataPath.Find(stored.Dataset, path)!.Buffer.CopyToStreamAsync);
    }

    private static List<int>? ReadList(string text)
    {
        var list = new List<int>();
        foreach (var word in text.Split(','))
            if (list.Count < MostFrames && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var frame) && frame > 0)
                list.Add(frame);
            else
                return null;
        return list;
    }
}
