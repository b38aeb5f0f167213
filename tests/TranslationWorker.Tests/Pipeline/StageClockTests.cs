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
            "# TYPE gateway_stage_seconds histogram", "gateway_stage_seconds_sum{stage=\"register\"} 20.625", "gateway_stage_seconds_count{stage=\"register\"} 3",
            .. ((string[])["0.005 0", "0.01 0", "0.025 0", "0.05 0", "0.075 0", "0.1 0", "0.25 1", "0.5 2", "0.75 2", "1 2", "2.5 2", "5 2", "7.5 2", "10 2", "+Inf 3"])
                .Select(bucket => bucket.Split(' ')).Select(bucket => $"gateway_stage_seconds_bucket{{stage=\"register\",le=\"{bucket[0]}\"}} {bucket[1]}"),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Where(line => !line.StartsWith("# HELP", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(await LinesAsync(elsewhere));
    }

    private static async Task<List<string>> LinesAsync(PrometheusMeters meters)
    {
        using var text = new MemoryStream();
        await meters.Registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(line => line.Contains("gateway_", StringComparison.Ordinal))];
    }
}
