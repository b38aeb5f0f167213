using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;
using Gateway.TranslationWorker;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A reader rejects a result and accepts it after all; Orthanc is the destination (docs/operations.md, "What lies in the
/// archive").</summary>
public sealed class ReaderVerdictTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_rejected_result_is_rejected_where_it_lies_and_accepted_after_all_it_comes_anew(string servers)
    {
        var orthanc = await OrthancServer.GetAsync();
        var settings = (await Servers.SettingsAsync(servers)).Concat(Archived.At(orthanc)).Append(new("Translation__Report", "true"));
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), new(settings));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 750 + (ulong)servers.Length);
        (await gateway.StorescuAsync(source)).Succeeded();
        var derived = Series(await gateway.FinishedAsync(uid, "delivered"), "derived").GetProperty("id").GetGuid();
        var sent = await Archived.SeriesAsync(orthanc, uid);
        var (made, report) = (Assert.Single(sent, s => s.Modality == "CT"), Assert.Single(sent, s => s.Modality == "SR"));
        Assert.Equal((2, made.Number + 500), (sent.Count, report.Number));
        Assert.Contains(made.Images[0], await PublishedAsync(gateway, uid), StringComparison.Ordinal);

        await JudgeAsync(gateway, derived, new { by = "Anna", why = "The skull is too thin.", verdict = "rejected", reason = "safety" });

        var rejected = await gateway.FinishedAsync(uid, "ineligible");
        Assert.Equal("superseded", Series(rejected, "derived").GetProperty("state").GetString());
        Assert.Equal("rejected-by-reader", Series(rejected, "received").GetProperty("reasons")[0].GetProperty("code").GetString());
        await Eventually.TrueAsync(
            async () => (await Archived.SeriesAsync(orthanc, uid)).Exists(s => s.Modality == "KO"), "the archive is told");
        var note = Assert.Single(await Archived.SeriesAsync(orthanc, uid), s => s.Modality == "KO");
        Assert.Equal(
            ("113037", string.Join(' ', made.Images.Concat(report.Images).Order(StringComparer.Ordinal))),
            await Archived.RejectedAsync(orthanc, note));
        await Eventually.TrueAsync(
            async () => !(await PublishedAsync(gateway, uid)).Contains(made.Images[0], StringComparison.Ordinal),
            "the ImagingStudy does not list it");
        Assert.DoesNotContain("Anna", gateway.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("too thin", gateway.Said, StringComparison.Ordinal);

        await JudgeAsync(gateway, derived, new { by = "Anna", why = "It was the monitor.", verdict = "accepted" });

        await gateway.FinishedAsync(uid, "delivered");
        var held = await Archived.SeriesAsync(orthanc, uid);
        Assert.Equal(["CT", "CT", "KO", "SR", "SR"], held.Select(s => s.Modality).Order(StringComparer.Ordinal));
        var anew = Assert.Single(held, s => s.Modality == "CT" && s.Number != made.Number);
        Assert.Contains("rev 2", anew.Description, StringComparison.Ordinal);
        Assert.Equal(await PixelsAsync(orthanc, made.Images[0]), await PixelsAsync(orthanc, anew.Images[0]));
    }

    [Fact]
    public async Task A_note_that_the_archive_forwards_about_our_series_is_a_readers_rejection_of_it()
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), Archived.At(orthanc));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 757);
        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(uid, "delivered");
        var made = Assert.Single(await Archived.SeriesAsync(orthanc, uid));
        var image = DicomFile.Open(await OriginalAsync(orthanc, made.Images[0]), FileReadOption.ReadAll);

        var note = _folder.Combine("note.dcm");
        var written = RejectionNote.Write([image.Dataset], RejectionTitle.Quality, TimeProvider.System.GetLocalNow());
        foreach (var tag in (DicomTag[])[DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID])    // as another's: ours would have these
            written.Dataset.AddOrUpdate(tag, written.Dataset.GetString(tag)[..^1]);
        new DicomFile(written.Dataset).Save(note);
        (await gateway.StorescuAsync(note)).Succeeded();

        var study = await gateway.FinishedAsync(uid, "ineligible");
        var verdict = Assert.Single(Series(study, "derived").GetProperty("verdicts").EnumerateArray());
        Assert.Equal(
            ("rejected", "quality", true),
            (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("reason").GetString(),
                verdict.GetProperty("received").GetBoolean()));
        await Eventually.TrueAsync(
            async () => (await Archived.SeriesAsync(orthanc, uid)).Exists(s => s.Modality == "KO"), "the archive is told");
    }

    private async Task<string> OriginalAsync(OrthancServer orthanc, string image)
    {
        var id = Assert.Single(await orthanc.FindAsync("Instance", "SOPInstanceUID", image));
        var path = _folder.Combine("original.dcm");
        await File.WriteAllBytesAsync(path, await orthanc.Http.GetByteArrayAsync($"/instances/{id}/file", Cancel), Cancel);
        return path;
    }

    private static async Task JudgeAsync(GatewayProcess gateway, Guid series, object verdict) => Assert.Equal(
        HttpStatusCode.Accepted, (await gateway.Http.PostAsJsonAsync($"/api/series/{series}/verdicts", verdict, Cancel)).StatusCode);

    private static JsonElement Series(JsonElement study, string origin) =>
        Assert.Single(study.GetProperty("series").EnumerateArray(), s => s.GetProperty("origin").GetString() == origin);

    private static async Task<string> PublishedAsync(GatewayProcess gateway, string uid) =>
        await gateway.Http.GetStringAsync($"/fhir/ImagingStudy?identifier=urn:dicom:uid|urn:oid:{uid}", Cancel);

    private static async Task<byte[]> PixelsAsync(OrthancServer orthanc, string image)
    {
        var id = Assert.Single(await orthanc.FindAsync("Instance", "SOPInstanceUID", image));
        return await orthanc.Http.GetByteArrayAsync($"/instances/{id}/content/7fe0-0010", Cancel);
    }
}
