using System.Text.Json;
using Gateway.Cli;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary><c>gateway train --job</c> beside a gateway that runs: the job goes over the bus and ends.</summary>
public sealed class TrainJobVerbTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryDirectory _folder = new();
    private Dictionary<string, string> _settings = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_job_is_ordered_seen_paused_resumed_cancelled_and_another_one_done(string servers)
    {
        _settings = await Servers.SettingsAsync(servers);
        var settings = new Dictionary<string, string>(_settings)
        {
            ["Training__Poll"] = "01:00:00",
            ["Training__GatePhantoms"] = "2",
            ["Training__Lease"] = "00:00:02",
        };
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), settings);
        var (tiny, endless) =
            (TrainingCluster.Recipe with { StepsSmall = 1, StepsFull = 1, StepsAdversarial = 1 },
                TrainingCluster.Recipe with { StepsAdversarial = 100_000 });

        var first = await OneAsync("--job", "--recipe", await WriteAsync("endless", endless));
        Assert.Equal(first.Id, (await OneAsync("--job")).Id);    // one is open
        await UntilAsync(first.Id, job => job.Step > 0);
        await OneAsync("--pause");
        await UntilAsync(first.Id, job => job.State == "paused");
        await OneAsync("--resume-job");
        await UntilAsync(first.Id, job => job.State == "running");
        await OneAsync("--cancel", "--by", "Anna");
        var cancelled = await UntilAsync(first.Id, job => job.State == "cancelled");
        var second = await OneAsync("--job", "--recipe", await WriteAsync("tiny", tiny), "--by", "Berta");
        var done = await UntilAsync(second.Id, job => job.State is "done" or "failed");

        Assert.Equal(["training-cancelled: Cancelled by Anna."], cancelled.Reasons.Select(reason => $"{reason.Code}: {reason.Text}"));
        Assert.Equal(
            ("done", "tiny", "Berta", "person", 3, 3), (done.State, done.Recipe, done.By, done.Trigger, done.Step, done.StepsTotal));
        var nothing = await RunAsync("--cancel");
        Assert.Equal((ExitCode.Failed, "No training job is open."), (nothing.ExitCode, nothing.Error.Trim()));
    }

    [Fact]
    public async Task What_cannot_be_meant_is_a_usage_error()
    {
        Assert.Equal(ExitCode.Usage, (await RunAsync("--job", "--status")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await RunAsync()).ExitCode);
        var broken = _folder.Combine("broken.json");
        await File.WriteAllTextAsync(broken, "{", Cancel);
        Assert.Equal(ExitCode.Usage, (await RunAsync("--job", "--recipe", broken)).ExitCode);
    }

    private async Task<string> WriteAsync(string name, TrainingWorker.Training.TrainingOptions recipe)
    {
        var path = _folder.Combine(name + ".json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(recipe), Cancel);
        return path;
    }

    private async Task<ShownJob> UntilAsync(Guid id, Func<ShownJob, bool> asked)
    {
        ShownJob? job = null;
        await Eventually.TrueAsync(
            async () => asked(job = await OneAsync("--status", "--job-id", $"{id}")), "the job is as asked", Patience);
        return job!;
    }

    private async Task<ShownJob> OneAsync(params string[] arguments)
    {
        var answer = (await RunAsync([.. arguments, "--json"])).Succeeded();
        return JsonSerializer.Deserialize<Shown>(answer.Output.Trim().Split('\n')[^1], JsonSerializerOptions.Web)!.Jobs[0];
    }

    private Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "train", "--data", _folder.Combine("data"), .. arguments],
        Patience, environment: _settings);

    private sealed record Shown(List<ShownJob> Jobs);

    private sealed record ShownJob(
        Guid Id, string State, string Recipe, string By, string Trigger, int Step, int StepsTotal, List<ShownReason> Reasons);

    private sealed record ShownReason(string Code, string Text);
}
