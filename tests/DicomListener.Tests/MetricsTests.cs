using Gateway.DicomNetwork;

namespace Gateway.DicomListener.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Associations_and_instances_are_counted_where_Prometheus_looks()
    {
        await using var host = await ListenerHost.StartAsync();
        await host.SendAsync(GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian));
        await host.ClosedAsync();

        var metrics = await ReadAsync(host);

        string[] expected =
        [
            "gateway_dicom_associations_total{called=\"GATEWAY\",calling=\"SCANNER\",outcome=\"released\"}",
            $"gateway_dicom_instances_received_total{{sop_class=\"{GeneratedObject.MrImageStorage}\",status=\"0000\"}}",
            "gateway_dicom_associations_active",
        ];
        Assert.All(expected, line => Assert.Contains(line, metrics, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_hosts_in_one_process_count_each_its_own()
    {
        await using var busy = await ListenerHost.StartAsync();
        await using var idle = await ListenerHost.StartAsync();
        await busy.SendAsync(GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian));
        await busy.ClosedAsync();

        Assert.Contains("gateway_dicom_instances_received_total{", await ReadAsync(busy), StringComparison.Ordinal);
        var quiet = await ReadAsync(idle);
        Assert.DoesNotContain("gateway_dicom_instances_received_total{", quiet, StringComparison.Ordinal);
        Assert.Contains("gateway_dicom_associations_active 0", quiet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_keeps_its_kind_its_sentence_and_its_labels_and_stands_once()
    {
        await using var host = await ListenerHost.StartAsync();
        await host.SendAsync(GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian));
        await host.ClosedAsync();

        await ReadAsync(host);    // what libraries record is listened to from the first look on
        var shown = (await ReadAsync(host)).Split('\n');

        Assert.Equal(
            [
                "# HELP gateway_dicom_associations_active Associations open now.",
                "# HELP gateway_dicom_associations_total Associations by how they ended.",
                "# HELP gateway_dicom_instances_received_total Objects by SOP class and the status they were answered with; lost is none.",
                "# TYPE gateway_dicom_associations_active gauge",
                "# TYPE gateway_dicom_associations_total counter",
                "# TYPE gateway_dicom_instances_received_total counter",
                "gateway_dicom_associations_active 0",
                "gateway_dicom_associations_total{called=\"GATEWAY\",calling=\"SCANNER\",outcome=\"released\"} 1",
                $"gateway_dicom_instances_received_total{{sop_class=\"{GeneratedObject.MrImageStorage}\",status=\"0000\"}} 1",
            ],
            shown.Where(line => line.Contains("gateway_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        string[] others = [
            "process_cpu_seconds_total ", "system_runtime_dotnet_process_cpu_count ",
            "microsoft_aspnetcore_server_kestrel_kestrel_active_connections{"];
        Assert.All(others, other => Assert.Contains(shown, line => line.StartsWith(other, StringComparison.Ordinal)));
    }

    private static async Task<string> ReadAsync(ListenerHost host)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"{host.Web}/metrics"), TestContext.Current.CancellationToken);
    }
}
