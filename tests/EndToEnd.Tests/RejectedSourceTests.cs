using Gateway.Testing;
using Gateway.TranslationWorker;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A department rejects the images of a study, by a note as IHE IOCM has it; Orthanc is the destination.</summary>
public sealed class RejectedSourceTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task What_was_made_of_rejected_images_is_rejected_as_they_were(string servers)
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Combine("data"), new((await Servers.SettingsAsync(servers)).Concat(Archived.At(orthanc))));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 740 + (ulong)servers.Length);
        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(uid, "delivered");
        var made = Assert.Single(await Archived.SeriesAsync(orthanc, uid));

        var note = _folder.Combine("note.dcm");
        RejectionNote.Write(
            [.. Directory.GetFiles(source).Select(path => DicomFile.Open(path, FileReadOption.ReadAll).Dataset)], RejectionTitle.Safety,
            TimeProvider.System.GetLocalNow()).Save(note);
        (await gateway.StorescuAsync(note)).Succeeded();
        var study = await gateway.FinishedAsync(uid, "ineligible");

        var series = study.GetProperty("series").EnumerateArray().ToList();
        var images = Assert.Single(series, s => s.GetProperty("modality").GetString() == "MR");
        Assert.Equal("rejected-images", images.GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Equal(
            "superseded", Assert.Single(series, s => s.GetProperty("origin").GetString() == "derived").GetProperty("state").GetString());
        await Eventually.TrueAsync(
            async () => (await Archived.SeriesAsync(orthanc, uid)).Exists(s => s.Modality == "KO"), "the archive is told");
        var told = Assert.Single(await Archived.SeriesAsync(orthanc, uid), s => s.Modality == "KO");
        Assert.Equal(("113037", made.Images[0]), await Archived.RejectedAsync(orthanc, told));
    }
}
