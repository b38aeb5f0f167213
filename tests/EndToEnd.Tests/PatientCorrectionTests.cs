using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A study that is sent again, whole, after its patient was corrected at the console; Orthanc is the destination.</summary>
public sealed class PatientCorrectionTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_corrected_study_is_the_right_patients_in_the_archive_in_FHIR_and_on_the_page(string servers)
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Combine("data"), new((await Servers.SettingsAsync(servers)).Concat(Archived.At(orthanc))));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 720 + (ulong)servers.Length);
        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(uid, "delivered");
        var wrong = Assert.Single(await Archived.SeriesAsync(orthanc, uid));

        await Scanner.RenameAsync(source, $"RIGHT{servers.Length}", "RIGHT^NAME");
        (await gateway.StorescuAsync(source)).Succeeded();
        await Eventually.TrueAsync(
            async () => (await Archived.SeriesAsync(orthanc, uid)).Exists(s => s.Patient == $"RIGHT{servers.Length}"),
            "a synthetic series of the right patient is in the archive", TimeSpan.FromMinutes(3));

        var study = await gateway.FinishedAsync(uid, "delivered");
        var note = Assert.Single(await Archived.SeriesAsync(orthanc, uid), s => s.Modality == "KO");
        Assert.Equal((wrong.Patient, ("113038", wrong.Images[0])), (note.Patient, await Archived.RejectedAsync(orthanc, note)));
        Assert.False(study.GetProperty("patientConflict").GetBoolean());
        Assert.Equal(
            "the study, sent again", Assert.Single(study.GetProperty("patientChoices").EnumerateArray()).GetProperty("by").GetString());
        Assert.Equal(
            ["delivered", "superseded"],
            study.GetProperty("series").EnumerateArray().Where(s => s.GetProperty("origin").GetString() == "derived")
                .Select(s => s.GetProperty("state").GetString()!).Order(StringComparer.Ordinal));
        Assert.Contains(
            "Patient corrected", await gateway.Http.GetStringAsync($"/studies/{study.GetProperty("id").GetString()}", Cancel),
            StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => (await SubjectAsync(gateway, uid)).Contains($"RIGHT{servers.Length}", StringComparison.Ordinal),
            "the ImagingStudy names the right patient");
    }

    private static async Task<string> SubjectAsync(GatewayProcess gateway, string uid)
    {
        var found = await gateway.Http.GetFromJsonAsync<JsonElement>($"/fhir/ImagingStudy?identifier=urn:dicom:uid|urn:oid:{uid}", Cancel);
        return found.GetProperty("entry")[0].GetProperty("resource").GetProperty("subject").GetRawText();
    }
}
