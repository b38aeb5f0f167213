using Gateway.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>The listener deletes what no row names (OrphanSweep has the rules).</summary>
public sealed class ObjectSweepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_that_no_row_names_is_deleted_in_time_and_counted()
    {
        await using var host = await ListenerHost.StartAsync(
            new() { ["Objects:SweepEvery"] = "00:00:01", ["Objects:OrphanAge"] = "01:00:00" });
        var orphan = await host.Objects.PutAsync([1], Cancel);
        File.SetLastWriteTimeUtc(ObjectFile.Of(host.Data, orphan), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));

        await Eventually.TrueAsync(async () => !await host.Objects.ExistsAsync(orphan, Cancel), "it is gone");

        using var http = new HttpClient();
        await Eventually.TrueAsync(
            async () => (await http.GetStringAsync($"{host.Web}/metrics", Cancel))
                .Contains("gateway_objects_orphans_deleted_total 1", StringComparison.Ordinal),
            "it is counted");
    }
}
