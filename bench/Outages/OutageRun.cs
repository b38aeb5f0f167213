using System.Globalization;
using System.Text;
using Npgsql;

namespace Gateway.Outages;

/// <summary>For each outage a gateway with servers of its own, and studies that come before, during and after it.</summary>
internal sealed class OutageRun(Checkout checkout, int studies, TimeSpan pace, TimeSpan away)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private TimeSpan Arrival => (studies - 1) * pace;

    /// <returns>A table for people; the lines appear on stderr as they become known.</returns>
    public async Task<string> RunAsync(IReadOnlyList<Outage> outages, string commit, CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var drawn = Scanner.Draw(folder, studies);
        var report = new StringBuilder($"""
            # Outages

            {studies} studies of 24 images, one each {pace.TotalSeconds:0} s ({Arrival.TotalSeconds:0} s in all).
            What is named goes away after half of them for {away.TotalSeconds:0} s.
            Gateway of {commit}, PostgreSQL, RabbitMQ, three archives by C-STORE; the last of them is the destination that goes away.
            `eng/bench outages --away {away.TotalSeconds:0} --write`.

            *Done after* is counted from the return; its limit is twice the time in which they came. *To others*: from result to archive
            answer, median and 95 %, of the two archives that stay.

            {Machine.Here(folder.Path)}; load {Machine.LoadAverage()} before.

            | away | failures | delivered | derived | sent again | slowest status, s | done after, s | limit, s | to others, s | 95 % |
            |---|---|---|---|---|---|---|---|---|---|

            """);
        foreach (var outage in outages)
        {
            var line = await LineAsync(outage, drawn, cancel);
            await Console.Error.WriteLineAsync(line);
            report.AppendLine(line);
        }
        return report.ToString();
    }

    private async Task<string> LineAsync(Outage outage, IReadOnlyList<IReadOnlyList<string>> drawn, CancellationToken cancel)
    {
        await using var surroundings = await Surroundings.StartAsync();
        var (dicom, http) = (FreePort.Next(), FreePort.Next());
        using var gateway = new ChildProcess(
            checkout.Gateway,
            [
                "run", "--data", surroundings.Data.Root, "--urls", $"http://127.0.0.1:{http}",
                .. surroundings.Settings.Append($"Dicom:Port={dicom}").SelectMany(setting => (string[])["--set", setting]),
            ]);
        await gateway.LineAsync("READY", cancel);
        var scanner = new Scanner(dicom, pace);
        var sending = scanner.SendAsync(drawn, cancel);
        await Task.Delay(studies / 2 * pace, cancel);
        await outage.Begin(surroundings);
        await Task.Delay(away, cancel);
        await outage.End(surroundings);

        var back = TimeProvider.System.GetTimestamp();
        await sending;
        var limit = Math.Max(600, 4 * Arrival.TotalSeconds);
        while (await DeliveredAsync(surroundings, cancel) < studies && TimeProvider.System.GetElapsedTime(back).TotalSeconds < limit)
            await Task.Delay(Poll, cancel);
        return await ResultAsync(outage, surroundings, scanner, TimeProvider.System.GetElapsedTime(back).TotalSeconds, cancel);
    }

    private async Task<string> ResultAsync(
        Outage outage, Surroundings surroundings, Scanner scanner, double took, CancellationToken cancel)
    {
        var failures = await CountAsync(surroundings, "SELECT count(*) FROM failures", cancel);
        var derived = await CountAsync(surroundings, "SELECT count(*) FROM series WHERE origin = 'Derived'", cancel);
        var delivered = await DeliveredAsync(surroundings, cancel);
        var (median, most) = (await LatencyAsync(surroundings, 0.5, cancel), await LatencyAsync(surroundings, 0.95, cancel));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {outage.Name} | {failures} | {delivered} of {studies} | {derived} | {scanner.Again} "
            + $"| {scanner.SlowestAnswer.TotalSeconds:0.0} | {took:0} | {2 * Arrival.TotalSeconds:0} "
            + $"| {median:0.00} | {most:0.00} |");
    }

    /// <summary>From the result to the archive's answer, seconds, for the two that are always there.</summary>
    private static Task<double> LatencyAsync(Surroundings surroundings, double quantile, CancellationToken cancel) => ReadAsync<double>(
        surroundings,
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT percentile_cont({quantile}) WITHIN GROUP (ORDER BY extract(epoch FROM sent_at - waiting_since))::float8 "
            + $"FROM deliveries WHERE destination <> '{Surroundings.Last}' AND sent_at IS NOT NULL"),
        cancel);

    private static Task<long> DeliveredAsync(Surroundings surroundings, CancellationToken cancel) =>
        CountAsync(surroundings, "SELECT count(*) FROM studies WHERE worklist_state = 'Delivered'", cancel);

    private static Task<long> CountAsync(Surroundings surroundings, string sql, CancellationToken cancel) =>
        ReadAsync<long>(surroundings, sql, cancel);

    private static async Task<T> ReadAsync<T>(Surroundings surroundings, string sql, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(surroundings.Connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }
}
