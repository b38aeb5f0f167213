using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>Who gets in (docs/architecture.md, "The flow", 1).</summary>
public sealed class AssociationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Echoscu_of_the_default_scanner_is_answered()
    {
        await using var host = await ListenerHost.StartAsync();

        (await Tool.RunAsync("echoscu", ["-aet", "SCANNER", "-aec", "GATEWAY", "127.0.0.1", $"{host.Port}"])).Succeeded();
    }

    [Theory]
    [InlineData("STRANGER", "GATEWAY", 1, 1, 3, "calling-ae-unknown")]
    [InlineData("ELSEWHERE", "GATEWAY", 1, 1, 3, "address-not-allowed")]
    [InlineData("SCANNER", "OTHER", 1, 1, 7, "called-ae-unknown")]
    public async Task A_peer_that_is_not_on_the_list_is_rejected_and_written_down_once(
        string calling, string called, byte result, byte source, byte reason, string code)
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Callers(("SCANNER", "127.0.0.0/8"), ("ELSEWHERE", "10.0.0.0/8")));

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<AssociationRejectedException>(() => host.Client(calling, called).EchoAsync(Cancel));
            Assert.Equal(new(result, source, reason), error.Rejection);
        }

        await using var db = host.Open();
        var refusal = await db.Refusals.SingleAsync(Cancel);
        Assert.Equal((code, calling, called, "127.0.0.1"), (refusal.Code, refusal.CallingAe, refusal.CalledAe, refusal.RemoteAddress));
        Assert.False(await db.Associations.AnyAsync(Cancel));
    }

    [Fact]
    public async Task One_association_more_than_allowed_is_refused_for_now()
    {
        await using var host = await ListenerHost.StartAsync(new() { ["Dicom:MaxAssociations"] = "1" });
        using var first = await RawPeer.AssociateAsync(host.Port);

        var error = await Assert.ThrowsAsync<AssociationRejectedException>(() => host.Client().EchoAsync(Cancel));

        Assert.Equal(AssociationRejection.TemporaryCongestion, error.Rejection);
    }

    [Fact]
    public async Task A_listener_that_stops_refuses_for_now()
    {
        await using var host = await ListenerHost.StartAsync();
        await host.StoppingAsync();

        var error = await Assert.ThrowsAsync<AssociationRejectedException>(() => host.Client().EchoAsync(Cancel));

        Assert.Equal(AssociationRejection.TemporaryCongestion, error.Rejection);
        await using var db = host.Open();
        Assert.Equal("stopping", (await db.Refusals.SingleAsync(Cancel)).Code);
    }

    [Fact]
    public async Task A_disk_below_its_watermark_refuses_for_now()
    {
        await using var host = await ListenerHost.StartAsync(new() { ["Disk:MinimumFreeMebibytes"] = "1048576" });

        var error = await Assert.ThrowsAsync<AssociationRejectedException>(() => host.Client().EchoAsync(Cancel));

        Assert.Equal(AssociationRejection.LocalLimitExceeded, error.Rejection);
        await using var db = host.Open();
        Assert.Equal("disk-low", (await db.Refusals.SingleAsync(Cancel)).Code);
    }

    [Fact]
    public async Task Associations_a_killed_listener_left_open_are_aborted_when_it_starts_again()
    {
        using var folder = new TemporaryDirectory();
        await using (var first = await ListenerHost.StartAsync(data: folder))
        {
            await using var db = first.Open();
            var now = TimeProvider.System.GetUtcNow();
            db.Associations.Add(new()
            {
                Id = Guid.CreateVersion7(now),
                CallingAe = "SCANNER",
                CalledAe = "GATEWAY",
                RemoteAddress = "127.0.0.1",
                OpenedAt = now,
                SeenAt = now,
            });
            await db.SaveChangesAsync(Cancel);
        }

        await using var second = await ListenerHost.StartAsync(data: folder);

        Assert.Equal(AssociationOutcome.Aborted, (await second.ClosedAsync()).Outcome);
    }

    [Theory]
    [InlineData("Dicom:AeTitle", "A\\B")]
    [InlineData("Dicom:Address", "everywhere")]
    [InlineData("Dicom:Callers:0:Cidr", "127.0.0.1/99")]
    [InlineData("Dicom:MaxPduLength", "1")]
    public async Task A_setting_that_makes_no_sense_stops_the_start(string key, string value)
    {
        var settings = ListenerHost.Callers(("SCANNER", "127.0.0.0/8"));
        settings[key] = value;

        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ListenerHost.StartAsync(settings));
    }
}
