using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

using Task = System.Threading.Tasks.Task;

namespace Gateway.EndToEnd.Tests;

/// <summary>A scanner's study in, every slice of its brain out.</summary>
public sealed class WholeVolumeFlowTests : IDisposable
{
    private const int Slices = 24;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_CT_study_becomes_a_whole_synthetic_MR_series_at_the_PACS_and_in_the_ImagingStudy()
    {
        var pacs = await OrthancServer.GetAsync();
        var settings = await Servers.SettingsAsync("in-memory and SQLite");
        settings["Translation__Slices"] = "All";
        settings["Delivery__Destinations__0__Name"] = "pacs";
        settings["Delivery__Destinations__0__Host"] = pacs.Host;
        settings["Delivery__Destinations__0__Port"] = $"{pacs.DicomPort}";
        settings["Delivery__Destinations__0__CalledAe"] = pacs.AeTitle;
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), settings);
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.HeadCt, seed: 7);

        (await gateway.StorescuAsync(source)).Succeeded();
        var study = await gateway.FinishedAsync(uid, "delivered");

        var derived = Assert.Single(study.GetProperty("series").EnumerateArray(), s => s.GetProperty("origin").GetString() == "derived");
        Assert.Equal(Slices, derived.GetProperty("instances").GetArrayLength());
        var seriesUid = derived.GetProperty("seriesInstanceUid").GetString()!;
        Assert.Equal(Slices, (await pacs.FindAsync("Instance", "SeriesInstanceUID", seriesUid)).Count);
        var written = Directory.GetFiles(_folder.Combine("data", "out", uid, seriesUid));
        Assert.Equal(Slices, written.Length);
        DerivedObject.IsValidBeside(written[0], source);
        await InFhirAsync(gateway, uid, seriesUid);
    }

    private static Task InFhirAsync(GatewayProcess gateway, string study, string series) => Eventually.TrueAsync(
        async () =>
        {
            var json = await gateway.Http.GetStringAsync($"/fhir/ImagingStudy?identifier=urn:dicom:uid%7Curn:oid:{study}");
            var bundle = new FhirJsonDeserializer().Deserialize<Bundle>(json);
            var found = bundle.Entry.Select(e => e.Resource).OfType<ImagingStudy>().SelectMany(s => s.Series)
                .FirstOrDefault(s => s.Uid == series);
            return found is { NumberOfInstances: Slices, Instance.Count: Slices };
        },
        "the ImagingStudy lists every slice");
}
