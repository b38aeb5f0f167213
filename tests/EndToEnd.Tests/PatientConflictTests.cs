using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A study of which a part is sent again after its patient was corrected at the console, on both transports.</summary>
public sealed class PatientConflictTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_study_corrected_in_part_waits_for_a_person_and_is_then_the_right_patients(string servers)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), await Servers.SettingsAsync(servers));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 700 + (ulong)servers.Length);
        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(uid, "translated");

        File.Delete(Directory.GetFiles(source).Order().First());
        foreach (var path in Directory.GetFiles(source))
        {
            var file = DicomFile.Open(path, FileReadOption.ReadAll);
            file.Dataset.AddOrUpdate(DicomTag.PatientID, "CORRECTED").AddOrUpdate(DicomTag.PatientName, "RIGHT^NAME");
            await file.SaveAsync(path);
        }
        (await gateway.StorescuAsync(source)).Succeeded();
        var held = await gateway.FinishedAsync(uid, "held");
        var id = held.GetProperty("id").GetString();
        Assert.True(held.GetProperty("patientConflict").GetBoolean());
        await Eventually.TrueAsync(
            async () => (await SubjectAsync(gateway, uid)).Contains("temp-unknown", StringComparison.Ordinal),
            "the ImagingStudy names nobody");

        var right = Assert.Single(
            held.GetProperty("patients").EnumerateArray(), p => p.GetProperty("patientId").GetString() == "CORRECTED");
        var answer = await gateway.Http.PostAsJsonAsync(
            $"/api/studies/{id}/patient",
            new { by = "Dr. Who", why = "Corrected at the console.", patient = right.GetProperty("id").GetString() }, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var study = await gateway.FinishedAsync(uid, "translated");

        var derived = Assert.Single(
            study.GetProperty("series").EnumerateArray(),
            s => s.GetProperty("origin").GetString() == "derived" && s.GetProperty("state").GetString() == "translated");
        var made = _folder.Combine("derived.dcm");
        await File.WriteAllBytesAsync(
            made,
            await gateway.Http.GetByteArrayAsync(derived.GetProperty("instances")[0].GetProperty("href").GetString(), Cancel), Cancel);
        Assert.Equal(
            ("CORRECTED", "RIGHT^NAME"),
            (DicomFile.Open(made).Dataset.GetString(DicomTag.PatientID), DicomFile.Open(made).Dataset.GetString(DicomTag.PatientName)));
        await Eventually.TrueAsync(
            async () => (await SubjectAsync(gateway, uid)).Contains("CORRECTED", StringComparison.Ordinal),
            "the ImagingStudy names the right patient");
    }

    private static async Task<string> SubjectAsync(GatewayProcess gateway, string uid)
    {
        var found = await gateway.Http.GetFromJsonAsync<JsonElement>($"/fhir/ImagingStudy?identifier=urn:dicom:uid|urn:oid:{uid}", Cancel);
        return found.GetProperty("entry")[0].GetProperty("resource").GetProperty("subject").GetRawText();
    }
}
