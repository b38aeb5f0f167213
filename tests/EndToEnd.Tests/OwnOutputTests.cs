using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>An archive or a router sends our own series back: as it is, or written anew in another transfer syntax.</summary>
public sealed class OwnOutputTests : IDisposable
{
    private static readonly (string Tool, string[] Arguments, string Offer)[] Anew =
    [
        ("dcmconv", ["+ti", "-e"], "-xi"), ("dcmconv", ["+te", "+e"], "-xe"), ("dcmconv", ["+tb"], "-xb"), ("dcmcrle", [], "-xr"),
        ("dcmcjpls", [], "-xt"), ("dcmcjpeg", ["+e1"], "-xs"),
    ];

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task What_comes_back_of_ours_by_either_way_and_in_any_encoding_changes_nothing(string servers)
    {
        var orthanc = await OrthancServer.GetAsync();
        var settings = new Dictionary<string, string>((await Servers.SettingsAsync(servers)).Concat(Archived.At(orthanc)))
        {
            ["Dicom__Callers__0__AeTitle"] = "SCANNER",
            ["Dicom__Callers__0__Cidr"] = "127.0.0.0/8",
            ["Dicom__Callers__1__AeTitle"] = orthanc.AeTitle,
            ["Dicom__Callers__1__Cidr"] = "127.0.0.0/8",
        };
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), settings);
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 760 + (ulong)servers.Length);
        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(uid, "delivered");
        var before = await StateAsync(gateway, uid);
        var (id, image) = await ArchivedAsync(orthanc, uid);

        await orthanc.AddModalityAsync("own" + servers.Length, "GATEWAY", gateway.DicomPort);
        (await orthanc.Http.PostAsync($"/modalities/own{servers.Length}/store", new StringContent(id), Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(before, await StateAsync(gateway, uid));
        Assert.Equal(HttpStatusCode.OK, (await gateway.StowAsync(image)).StatusCode);
        Assert.Equal(before, await StateAsync(gateway, uid));
        foreach (var (tool, arguments, offer) in Anew)
        {
            var copy = await WriteAnewAsync(image, tool, arguments);
            (await Tool.RunAsync(
                "storescu", ["-aet", "SCANNER", "-aec", "GATEWAY", offer, "127.0.0.1", $"{gateway.DicomPort}", copy])).Succeeded();
            Assert.Equal((offer, before), (offer, await StateAsync(gateway, uid)));
            Assert.Equal(HttpStatusCode.OK, (await gateway.StowAsync(copy)).StatusCode);
            Assert.Equal((offer, before), (offer, await StateAsync(gateway, uid)));
        }
    }

    [Fact]
    public async Task A_gateway_that_does_not_know_its_own_output_any_more_keeps_it_and_uses_it_for_nothing()
    {
        var orthanc = await OrthancServer.GetAsync();
        string uid, image;
        await using (var first = await GatewayProcess.StartAsync(_folder.Combine("first"), Archived.At(orthanc)))
        {
            var source = _folder.Combine("study");
            uid = Scanner.Write(source, PhantomKind.T2, seed: 779);
            (await first.StorescuAsync(source)).Succeeded();
            await first.FinishedAsync(uid, "delivered");
            (_, image) = await ArchivedAsync(orthanc, uid);
        }
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("second"), []);
        var anew = await WriteAnewAsync(image, "dcmcjpls", []);

        Assert.Equal(HttpStatusCode.OK, (await gateway.StowAsync(anew)).StatusCode);

        var study = await gateway.FinishedAsync(uid, "ineligible");
        var series = Assert.Single(study.GetProperty("series").EnumerateArray());
        Assert.Equal("synthetic", series.GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Empty((await ArchiveAsync(gateway)).GetProperty("counts").EnumerateArray());
    }

    /// <summary>All that could tell that something happened: study, archive, FHIR.</summary>
    private static async Task<string> StateAsync(GatewayProcess gateway, string uid) => string.Join(
        '\n', await gateway.Http.GetStringAsync($"/api/studies/{uid}", Cancel),
        (await ArchiveAsync(gateway)).GetProperty("counts").GetRawText(),
        await gateway.Http.GetStringAsync($"/fhir/ImagingStudy?identifier=urn:dicom:uid|urn:oid:{uid}", Cancel),
        (await gateway.Http.GetStringAsync($"/api/studies/{uid}/deliveries", Cancel)));

    private static Task<JsonElement> ArchiveAsync(GatewayProcess gateway) =>
        gateway.Http.GetFromJsonAsync<JsonElement>("/api/archive", Cancel);

    /// <summary>The synthetic image as Orthanc hands it out.</summary>
    private async Task<(string Id, string Path)> ArchivedAsync(OrthancServer orthanc, string uid)
    {
        var made = Assert.Single(await Archived.SeriesAsync(orthanc, uid));
        var id = Assert.Single(await orthanc.FindAsync("Instance", "SOPInstanceUID", Assert.Single(made.Images)));
        var path = _folder.Combine($"{id}.dcm");
        await File.WriteAllBytesAsync(path, await orthanc.Http.GetByteArrayAsync($"/instances/{id}/file", Cancel), Cancel);
        return (id, path);
    }

    private async Task<string> WriteAnewAsync(string image, string tool, string[] arguments)
    {
        var copy = _folder.Combine($"{tool}{string.Concat(arguments)}.dcm");
        (await Tool.RunAsync(tool, [.. arguments, image, copy])).Succeeded();
        return copy;
    }
}
