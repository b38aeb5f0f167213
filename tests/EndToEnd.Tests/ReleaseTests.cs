using System.Net.Http.Json;
using System.Net;
using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A gate's no, a person's yes, and a synthetic series that says so.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task Half_a_head_is_held_and_translated_when_a_person_releases_it(string servers)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), await Servers.SettingsAsync(servers));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 500 + (ulong)servers.Length);
        KeepUpperHalf(source);
        (await gateway.StorescuAsync(source)).Succeeded();

        var held = Received(await gateway.FinishedAsync(uid, "held"));
        Assert.Contains("lower-half-missing", Codes(held));
        Assert.True(held.GetProperty("measures").GetProperty("gateScore").GetDouble() > 1);
        var release = $"/api/series/{held.GetProperty("id").GetString()}/release";
        var answer = await gateway.Http.PostAsJsonAsync(
            release, new { by = "Dr. Who", why = "The lower half was scanned elsewhere." }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var study = await gateway.FinishedAsync(uid, "translated");

        var again = await gateway.Http.PostAsJsonAsync(
            release, new { by = "Dr. Who", why = "Once more." }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("lower-half-missing", Codes(Received(study)));
        var file = _folder.Combine("derived.dcm");
        var derived = Assert.Single(study.GetProperty("series").EnumerateArray(), s => s.GetProperty("origin").GetString() == "derived");
        await File.WriteAllBytesAsync(
            file,
            await gateway.Http.GetByteArrayAsync(
                derived.GetProperty("instances")[0].GetProperty("href").GetString(),
                TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        DerivedObject.IsValidBeside(file, source);
        var dataset = DicomFile.Open(file).Dataset;
        Assert.StartsWith("Released by a person after gate: ", dataset.GetString(DicomTag.ImageComments), StringComparison.Ordinal);
        Assert.Contains("lower-half-missing", dataset.GetString(DicomTag.DerivationDescription), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Dr. Who", await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CT_with_vessels_of_which_no_header_tells_is_held()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Combine("data"), await Servers.SettingsAsync("in-memory and SQLite"));
        var uid = Scanner.Write(_folder.Combine("study"), PhantomKind.HeadCt, seed: 520, findings: new() { Contrast = 280 });
        (await gateway.StorescuAsync(_folder.Combine("study"))).Succeeded();

        Assert.Contains("contrast-in-pixels", Codes(Received(await gateway.FinishedAsync(uid, "held"))));
    }

    private static void KeepUpperHalf(string folder)
    {
        var files = Directory.GetFiles(folder)
            .OrderBy(file => DicomFile.Open(file).Dataset.GetValues<double>(DicomTag.ImagePositionPatient)[2]).ToArray();
        foreach (var file in files[..(files.Length / 2)])
            File.Delete(file);
    }

    private static JsonElement Received(JsonElement study) =>
        Assert.Single(study.GetProperty("series").EnumerateArray(), s => s.GetProperty("origin").GetString() == "received");

    private static IEnumerable<string?> Codes(JsonElement series) =>
        series.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("code").GetString());
}
