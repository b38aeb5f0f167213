using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Orthanc over TLS: by C-STORE to its own, by STOW-RS through one before it (<see cref="TlsFront"/>).</summary>
public sealed class OrthancTlsTests : IDisposable
{
    private const int Images = 4;
    private const string ByDicom = "dicom", ByWeb = "web";

    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Three_complete_re_deliveries_change_neither_counts_nor_bytes()
    {
        var (certificate, key) = _authority.IssueRsa("server", "CN=127.0.0.1");
        var ours = _authority.IssueRsa("gateway", "CN=gateway");
        using var identity = X509Certificate2.CreateFromPemFile(certificate, key);
        var orthanc = await OrthancServer.StartSecureAsync(certificate, key, _authority.Roots);
        await using var front = new TlsFront(identity, orthanc.Http.BaseAddress!.Port);
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, Images, ByDicom, ByWeb);
        var tls = new Dictionary<string, string>
        {
            ["Tls:TrustedRoots"] = _authority.Roots, ["Tls:Certificate"] = ours.Certificate, ["Tls:Key"] = ours.Key,
        };
        using var delivery = new TestDelivery(
            database,
            new Dictionary<string, string>(TestDelivery.CStore(ByDicom, orthanc.DicomPort).Concat(tls))
            {
                ["CalledAe"] = orthanc.AeTitle,
            },
            new Dictionary<string, string>(tls)
            {
                ["Name"] = ByWeb, ["Protocol"] = "StowRs", ["Url"] = $"https://127.0.0.1:{front.Port}/dicom-web",
            });

        foreach (var destination in (string[])[ByDicom, ByWeb])
        {
            await DeliverAsync(database, delivery, destination);
            var first = await HeldAsync(orthanc);
            Assert.Equal(Images, first.Count);
            for (var again = 0; again < 3; again++)
            {
                await DeliverAsync(database, delivery, destination);
                Assert.Equal(first, await HeldAsync(orthanc));
            }
            foreach (var study in (await orthanc.Http.GetFromJsonAsync<string[]>("/studies", Cancel))!)
                await orthanc.Http.DeleteAsync($"/studies/{study}", Cancel);
        }
        Assert.True(front.Handshakes > 0);
    }

    /// <summary>All of it, as if nothing had been sent before.</summary>
    private static async Task DeliverAsync(TestDatabase database, TestDelivery delivery, string destination)
    {
        await using var db = database.Open();
        var rows = db.Deliveries.Where(d => d.Destination == destination);
        await rows.ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DeliveryState.Pending).SetProperty(x => x.Attempts, 0), Cancel);
        await delivery.DeliverAsync(DeliverableSeries.Id, destination);
        Assert.All(
            await rows.AsNoTracking().ToListAsync(Cancel), row => Assert.Equal((DeliveryState.Delivered, null), (row.State, row.Error)));
    }

    /// <summary>Each object's UID and the digest of its file.</summary>
    private static async Task<List<string>> HeldAsync(OrthancServer orthanc)
    {
        var held = new List<string>();
        foreach (var image in (await orthanc.Http.GetFromJsonAsync<JsonElement[]>("/instances?expand", Cancel))!)
        {
            var file = await orthanc.Http.GetByteArrayAsync($"/instances/{image.GetProperty("ID").GetString()}/file", Cancel);
            var uid = image.GetProperty("MainDicomTags").GetProperty("SOPInstanceUID").GetString();
            held.Add($"{uid} {Convert.ToHexString(SHA256.HashData(file))}");
        }
        return [.. held.Order(StringComparer.Ordinal)];
    }
}
