using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

using Task = System.Threading.Tasks.Task;

namespace Gateway.EndToEnd.Tests;

/// <summary>A scanner's study in, a synthetic series and an ImagingStudy out; on both sets of servers.</summary>
public sealed class StudyFlowTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_T2_study_becomes_a_synthetic_CT_delivered_to_the_PACS_and_an_ImagingStudy(string servers)
    {
        var pacs = await OrthancServer.GetAsync();
        var settings = await Servers.SettingsAsync(servers);
        settings["Delivery__Destinations__0__Name"] = "pacs";
        settings["Delivery__Destinations__0__Host"] = pacs.Host;
        settings["Delivery__Destinations__0__Port"] = $"{pacs.DicomPort}";
        settings["Delivery__Destinations__0__CalledAe"] = pacs.AeTitle;
        settings["Delivery__Destinations__0__StorageCommitment"] = "true";
        settings["Dicom__Callers__0__AeTitle"] = "SCANNER";
        settings["Dicom__Callers__0__Cidr"] = "127.0.0.0/8";
        settings["Dicom__Callers__1__AeTitle"] = pacs.AeTitle;
        settings["Dicom__Callers__1__Cidr"] = "127.0.0.0/8";
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), settings);
        await pacs.AddModalityAsync("gateway", "GATEWAY", gateway.DicomPort);
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: (ulong)servers.Length);

        (await gateway.StorescuAsync(source)).Succeeded();
        var study = await gateway.FinishedAsync(uid, "delivered");

        Assert.Equal("released-quiet", study.GetProperty("completion").GetProperty("rule").GetString());
        var derived = Derived(study);
        Assert.Equal("CT", derived.GetProperty("modality").GetString());
        Assert.NotEmpty(derived.GetProperty("pictures").EnumerateArray());
        var file = await DownloadAsync(gateway, derived);
        DerivedObject.IsValidBeside(file, source);
        var sop = derived.GetProperty("instances")[0].GetProperty("sopInstanceUid").GetString()!;
        Assert.Single(await pacs.FindAsync("Instance", "SOPInstanceUID", sop));
        await gateway.CommittedAsync(uid);
        await HasFhirAsync(gateway, uid, derived);
    }

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_kill_right_after_the_last_Success_loses_nothing_and_doubles_nothing(string servers)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), await Servers.SettingsAsync(servers));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.HeadCt, seed: 100 + (ulong)servers.Length);

        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.KillAsync();
        await gateway.StartAsync();
        var study = await gateway.FinishedAsync(uid, "translated");

        Assert.Equal("MR", Derived(study).GetProperty("modality").GetString());
        Assert.Equal(1, study.GetProperty("revision").GetInt32());
        Assert.Equal(24, study.GetProperty("completion").GetProperty("instances").GetInt32());
    }

    private static JsonElement Derived(JsonElement study) =>
        Assert.Single(study.GetProperty("series").EnumerateArray(), s => s.GetProperty("origin").GetString() == "derived");

    private async Task<string> DownloadAsync(GatewayProcess gateway, JsonElement series)
    {
        var path = _folder.Combine("derived.dcm");
        await File.WriteAllBytesAsync(
            path, await gateway.Http.GetByteArrayAsync(series.GetProperty("instances")[0].GetProperty("href").GetString()));
        return path;
    }

    private static async Task HasFhirAsync(GatewayProcess gateway, string uid, JsonElement derived)
    {
        var json = await gateway.Http.GetStringAsync($"/fhir/ImagingStudy?identifier=urn:dicom:uid%7Curn:oid:{uid}");
        var bundle = new FhirJsonDeserializer().Deserialize<Bundle>(json);
        var study = Assert.IsType<ImagingStudy>(Assert.Single(bundle.Entry).Resource);
        var series = Assert.Single(study.Series, s => s.Uid == derived.GetProperty("seriesInstanceUid").GetString());
        Assert.Equal(2, study.Series.Count);
        var reference = Assert.Single(series.Performer).Actor.Reference;
        var device = new FhirJsonDeserializer().Deserialize<Device>(await gateway.Http.GetStringAsync("/fhir/" + reference));
        Assert.Contains(device.DeviceName, n => derived.GetProperty("model").ToString().Contains(n.Name!, StringComparison.Ordinal));
    }
}
