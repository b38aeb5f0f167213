using System.Text;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>Which studies go before others: by the priority of the C-STORE, by what the images say, by who sends.</summary>
public sealed class UrgencyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CallerUrgency.AsSent, false, "", null)]
    [InlineData(CallerUrgency.AsSent, true, "", UrgencyRule.StorePriority)]
    [InlineData(CallerUrgency.AsSent, false, "STAT", UrgencyRule.ProcedurePriority)]
    [InlineData(CallerUrgency.AsSent, false, "HIGH", UrgencyRule.ProcedurePriority)]
    [InlineData(CallerUrgency.AsSent, false, "LOW ", null)]
    [InlineData(CallerUrgency.Always, false, "", UrgencyRule.Caller)]
    [InlineData(CallerUrgency.Never, true, "STAT", null)]
    public async Task A_study_is_urgent_as_its_sender_or_its_caller_s_entry_says(
        CallerUrgency caller, bool high, string priority, string? rule)
    {
        var settings = ListenerHost.Callers(("SCANNER", "127.0.0.0/8"));
        settings["Dicom:Callers:0:Urgency"] = $"{caller}";
        await using var host = await ListenerHost.StartAsync(settings);

        await SendAsync(host, 1, high, priority);

        await using var db = host.Open();
        Assert.Equal(rule, (await db.Studies.SingleAsync(Cancel)).UrgentBy);
        await CompletedAsync(host, 1);
        Assert.Equal(rule is not null, (await db.Outbox.SingleAsync(Cancel)).Urgent);
    }

    [Fact]
    public async Task A_study_becomes_urgent_with_a_later_image_and_stays_so()
    {
        await using var host = await ListenerHost.StartAsync();
        await SendAsync(host, 1, high: false);
        await CompletedAsync(host, 1);
        await SendAsync(host, 2, high: true);
        await CompletedAsync(host, 2);
        await SendAsync(host, 3, high: false);
        await CompletedAsync(host, 3);

        await using var db = host.Open();
        Assert.Equal(UrgencyRule.StorePriority, (await db.Studies.SingleAsync(Cancel)).UrgentBy);
        Assert.Equal([false, true, true], await db.Outbox.OrderBy(row => row.CreatedAt).Select(row => row.Urgent).ToListAsync(Cancel));
    }

    private static Task CompletedAsync(ListenerHost host, int revision) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = host.Open();
            await db.Studies.ExecuteUpdateAsync(
                set => set.SetProperty(s => s.ExpectedInstances, s => s.Series.SelectMany(series => series.Instances).Count()));
            return (await db.Studies.SingleAsync()).Revision == revision;
        },
        $"revision {revision} is complete");

    private static async Task SendAsync(ListenerHost host, int number, bool high, string priority = "")
    {
        var file = GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, number);
        var pixels = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00]);
        byte[] said = priority.Length == 0 ? [] : [0x40, 0, 0x03, 0x10, .. "SH"u8, 4, 0, .. Encoding.ASCII.GetBytes(priority)];
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("a.dcm");
        await File.WriteAllBytesAsync(path, [.. file[..pixels], .. said, .. file[pixels..]], Cancel);
        var client = new DicomNetwork.DicomClient(
            new()
            {
                Host = "127.0.0.1",
                Port = host.Port,
                CalledAe = DicomNetwork.AeTitle.Parse("GATEWAY"),
                CallingAe = DicomNetwork.AeTitle.Parse("SCANNER"),
                IsHigh = high,
            },
            TimeProvider.System);
        var result = await client.StoreAsync([Part10Source.File(path)], Cancel).SingleAsync(Cancel);
        Assert.Equal(DimseStatus.Success, result.Status);
    }
}
