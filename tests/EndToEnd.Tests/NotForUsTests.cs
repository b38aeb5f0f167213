using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>What must not be translated is kept, explained, and hurts nobody.</summary>
public sealed class NotForUsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_kind_of_unsuitable_study_gets_its_reason_and_a_synthetic_one_coming_back_is_left_alone()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), []);
        (PhantomKind Kind, bool Short, string Reason)[] unsuitable =
        [
            (PhantomKind.T1, false, "not-t2-weighted"),
            (PhantomKind.ProtonDensity, false, "not-t2-weighted"),
            (PhantomKind.Flair, false, "inversion-recovery"),
            (PhantomKind.ChestCt, false, "not-head"),
            (PhantomKind.ContrastCt, false, "contrast-agent"),
            (PhantomKind.T2, true, "pixel-data-short"),
        ];
        foreach (var (kind, cut, reason) in unsuitable)
        {
            var folder = _folder.Combine($"{kind}-{reason}");
            var uid = Scanner.Write(folder, kind, seed: 200 + (ulong)kind, cut);
            (await gateway.StorescuAsync(folder)).Succeeded();

            var study = await gateway.FinishedAsync(uid, "ineligible");

            var reasons = study.GetProperty(
                "series")[0].GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("code").GetString());
            Assert.Contains(reason, reasons);
        }

        var source = _folder.Combine("t2");
        var translated = Scanner.Write(source, PhantomKind.T2, seed: 300);
        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(translated, "translated");
        var ours = Directory.GetFiles(_folder.Combine("data", "out"), "*.dcm", SearchOption.AllDirectories).Single();

        (await gateway.StorescuAsync(Path.GetDirectoryName(ours)!)).Succeeded();
        var after = await gateway.FinishedAsync(translated, "translated");

        Assert.Single(after.GetProperty("series").EnumerateArray(), s => s.GetProperty("origin").GetString() == "derived");
        Assert.Equal(2, after.GetProperty("series").GetArrayLength());
    }

    [Fact]
    public async Task A_caller_that_is_not_on_the_list_is_rejected_and_shown()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), []);
        var folder = _folder.Combine("t2");
        Scanner.Write(folder, PhantomKind.T2, seed: 400);

        var stranger = await gateway.StorescuAsync(folder, calling: "STRANGER");
        var misdirected = await gateway.StorescuAsync(folder, called: "OTHER");

        Assert.Contains("Calling AE Title Not Recognized", stranger.All, StringComparison.Ordinal);
        Assert.Contains("Called AE Title Not Recognized", misdirected.All, StringComparison.Ordinal);
        Assert.Contains(
            "STRANGER", await gateway.Http.GetStringAsync("/api/refusals", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        (await gateway.StorescuAsync(folder)).Succeeded();
    }
}
