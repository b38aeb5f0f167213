using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>What Orthanc, as the destination, holds once images of a study came late (docs/operations.md, "What lies in the archive").
/// </summary>
public sealed class SupersededTests : IDisposable
{
    /// <summary>Which of 24 images come late: none at the ends of the head and none beside the chosen slice, since gates look at
    /// those.</summary>
    private static readonly int[] Late = [1, 3, 20, 22];

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Late_images_that_change_no_pixel_write_nothing_new()
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), Archived.At(orthanc));
        var (uid, late) = await SendEarlyAsync(gateway, seed: 731);
        var before = Assert.Single(await Archived.SeriesAsync(orthanc, uid));

        (await gateway.StorescuAsync(late)).Succeeded();
        var study = await gateway.FinishedAsync(uid, "delivered");

        Assert.Equal(2, study.GetProperty("revision").GetInt32());
        var after = Assert.Single(await Archived.SeriesAsync(orthanc, uid));
        Assert.Equal((before.Number, before.Description, before.Images[0]), (after.Number, after.Description, after.Images[0]));
    }

    [Fact]
    public async Task Late_images_that_change_the_result_have_the_old_one_rejected_after_the_new_one_came()
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Combine("data"), new(Archived.At(orthanc)) { ["Translation__Slices"] = "All" });
        var (uid, late) = await SendEarlyAsync(gateway, seed: 732);
        var before = Assert.Single(await Archived.SeriesAsync(orthanc, uid));

        (await gateway.StorescuAsync(late)).Succeeded();
        await gateway.FinishedAsync(uid, "delivered");

        var after = await Archived.SeriesAsync(orthanc, uid);
        Assert.Equal(["CT", "CT", "KO"], after.Select(s => s.Modality).Order(StringComparer.Ordinal));
        var (note, now) = (after.Single(s => s.Modality == "KO"), after.Single(s => s.Modality == "CT" && s.Number != before.Number));
        Assert.Contains("rev 2", now.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("rev", before.Description, StringComparison.Ordinal);
        Assert.Empty(now.Images.Intersect(before.Images));
        Assert.Equal(
            ("113001", string.Join(' ', before.Images.Order(StringComparer.Ordinal))), await Archived.RejectedAsync(orthanc, note));
        await CameAfterAsync(gateway, uid, note.Images[0], now.Images);
        await Eventually.TrueAsync(
            async () => await PublishedAsync(gateway, uid) is var published
                && now.Images.All(published.Contains) && !before.Images.Any(published.Contains),
            "the ImagingStudy lists the current result and not the old one");
    }

    /// <summary>20 of 24 images, until their result is in the archive.</summary>
    private async Task<(string StudyUid, string[] Late)> SendEarlyAsync(GatewayProcess gateway, ulong seed)
    {
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed);
        var images = Directory.GetFiles(source).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(24, images.Length);
        (await gateway.StorescuAsync([.. images.Where((_, at) => !Late.Contains(at))])).Succeeded();
        await gateway.FinishedAsync(uid, "delivered");
        return (uid, [.. Late.Select(at => images[at])]);
    }

    private static async Task CameAfterAsync(GatewayProcess gateway, string uid, string note, IReadOnlyList<string> images)
    {
        var deliveries = await gateway.Http.GetFromJsonAsync<JsonElement>($"/api/studies/{uid}/deliveries?limit=500", Cancel);
        var sent = deliveries.GetProperty("items").EnumerateArray()
            .ToDictionary(d => d.GetProperty("sopInstanceUid").GetString()!, d => d.GetProperty("sentAt").GetDateTimeOffset());
        Assert.All(images, image => Assert.True(sent[image] <= sent[note], "the note was sent before the image that replaces another"));
    }

    private static async Task<string> PublishedAsync(GatewayProcess gateway, string uid) =>
        await gateway.Http.GetStringAsync($"/fhir/ImagingStudy?identifier=urn:dicom:uid|urn:oid:{uid}", Cancel);
}
