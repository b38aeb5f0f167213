using System.Diagnostics.Metrics;
using System.Text;
using Gateway.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

public sealed class StageClockTests
{
    [Fact]
    public async Task The_seconds_of_a_stage_are_shown_as_a_histogram_of_that_host_alone()
    {
        await using var translating = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var shown = new PrometheusMeters(translating.GetRequiredService<IMeterFactory>());
        using var elsewhere = new PrometheusMeters(other.GetRequiredService<IMeterFactory>());
        var time = new FakeTimeProvider();
        var clock = new StageClock(time, null, new(translating.GetRequiredService<IMeterFactory>()));

        foreach (var milliseconds in (int[])[125, 500, 20_000])
        {
            clock.Run("register", () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                return milliseconds;
            });
        }

        Assert.Equal(20.625, clock.Elapsed["register"]);
        var lines = await LinesAsync(shown);
        string[] expected =
        [
            "# TYPE gateway_stage_seconds histogram", "gateway_stage_seconds_sum{stage=\"register\"} 20.625",
            "gateway_stage_seconds_count{stage=\"register\"} 3",
            .. ((string[])[
                "0.005 0", "0.01 0", "0.025 0", "0.05 0", "0.075 0", "0.1 0", "0.25 1", "0.5 2", "0.75 2", "1 2", "2.5 2", "5 2", "7.5 2",
                "10 2", "+Inf 3"])
                .Select(bucket => bucket.Split(' '))
                .Select(bucket => $"gateway_stage_seconds_bucket{{stage=\"register\",le=\"{bucket[0]}\"}} {bucket[1]}"),
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            lines.Where(line => !line.StartsWith("# HELP", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(await LinesAsync(elsewhere));
    }

    /// <summary>Who counts must never fail because of who looks.</summary>
    [Fact]
    public async Task A_counter_of_any_number_is_shown()
    {
        await using var host = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var shown = new PrometheusMeters(host.GetRequiredService<IMeterFactory>());
        var meter = host.GetRequiredService<IMeterFactory>().Create("Gateway.Test");

        meter.CreateCounter<int>("gateway_small_total").Add(2);
        meter.CreateCounter<long>("gateway_large_total").Add(3);
        meter.CreateGauge<double>("gateway_level").Record(0.5);

        Assert.Equal(
            ["gateway_large_total 3", "gateway_level 0.5", "gateway_small_total 2"],
            (await LinesAsync(shown)).Where(line => line[0] != '#').Order(StringComparer.Ordinal));
    }

    private static async Task<List<string>> LinesAsync(PrometheusMeters meters)
    {
        using var text = new MemoryStream();
        await meters.Registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(line => line.Contains("gateway_", StringComparison.Ordinal))];
    }
}
