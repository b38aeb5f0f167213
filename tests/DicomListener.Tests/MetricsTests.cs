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
        using var http = new HttpClient();

        var metrics = await http.GetStringAsync(new Uri($"{host.Web}/metrics"), TestContext.Current.CancellationToken);

        string[] expected =
        [
            "gateway_dicom_associations_total{called=\"GATEWAY\",calling=\"SCANNER\",outcome=\"released\"}",
            $"gateway_dicom_instances_received_total{{sop_class=\"{GeneratedObject.MrImageStorage}\",status=\"0000\"}}",
            "gateway_dicom_associations_active",
        ];
        Assert.All(expected, line => Assert.Contains(line, metrics, StringComparison.Ordinal));
    }
}
