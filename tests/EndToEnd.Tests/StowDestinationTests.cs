using System.Security.Cryptography;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A result on its way to an archive's DICOMweb, sent by gateways that know nothing of each other.</summary>
public sealed class StowDestinationTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Orthanc_holds_the_result_once_and_unchanged_however_often_it_is_sent_by_STOW()
    {
        var orthanc = await OrthancServer.GetAsync();
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 741);

        var first = await SentAsync(orthanc, source, uid, "0");
        for (var again = 1; again <= 3; again++)
            Assert.Equal(first, await SentAsync(orthanc, source, uid, $"{again}"));

        Assert.Single(first);
    }

    /// <summary>A new gateway, without memory of the last one, translates the study and sends the result.</summary>
    /// <returns>What Orthanc then has of it: SHA-256 by image.</returns>
    private async Task<SortedDictionary<string, string>> SentAsync(OrthancServer orthanc, string source, string uid, string data)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine(data), new()
        {
            ["Delivery__Destinations__0__Name"] = "pacs",
            ["Delivery__Destinations__0__Protocol"] = "StowRs",
            ["Delivery__Destinations__0__Url"] = $"{orthanc.Http.BaseAddress}dicom-web",
        });
        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(uid, "delivered");
        var held = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in await orthanc.FindAsync("Instance", "StudyInstanceUID", uid))
            held[id] = Convert.ToHexString(SHA256.HashData(await orthanc.Http.GetByteArrayAsync($"/instances/{id}/file", Cancel)));
        return held;
    }
}
