using System.Diagnostics;
using System.Globalization;
using Gateway.Testing;
using Gateway.Workshop.TrainingSets;

namespace Gateway.EndToEnd.Tests;

/// <summary>A training process that dies by SIGKILL, again and again.</summary>
public sealed class TrainKillTests : IDisposable
{
    private const int Steps = 160;

    /// <summary><c>TRAIN_KILLS=20</c> for the long run.</summary>
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("TRAIN_KILLS") ?? "6", CultureInfo.InvariantCulture);

    private static readonly string[] Recipe =
    [
        "Only=t2-ct", "WideChannel=true", "BoneWeight=0.1", "FindingWeight=4", "FreezeStatisticsAt=0.5", "CurveShare=0.5",
        "CoarseShare=0.5", "BFloat16=true", "GeneratorWidth=4", "DiscriminatorWidth=4", "PoolSize=1",
        "StepsSmall=10", $"StepsFull={Steps - 10}", "StepsAdversarial=0", "SmallSize=64", "CropSize=64",
        "BatchSmall=1", "BatchFull=1", "CalibrationBatches=1", "ProgressEvery=1",
        "CheckpointSteps=2", "EvaluateEvery=20",
    ];

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_random_steps_a_run_ends_bit_for_bit_as_one_that_nobody_killed()
    {
        PhantomTrainingSet.Write(new() { Output = _folder.Path, Count = 3, FirstSeed = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(0, await TrainAsync("whole", killAfter: int.MaxValue));
        var chance = new Random(12);
        for (var kill = 0; kill < Kills; kill++)
            Assert.NotEqual(0, await TrainAsync("killed", killAfter: chance.Next(1, 5)));
        Assert.Equal(0, await TrainAsync("killed", killAfter: int.MaxValue));

        Assert.Equal(Steps, Losses("whole").Count);
        Assert.Equal(Losses("whole"), Losses("killed"));
        foreach (var file in (string[])["checkpoint.safetensors", "best.safetensors", "evaluation.jsonl"])
            Assert.Equal(
                await File.ReadAllBytesAsync(_folder.Combine("whole", file), TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(_folder.Combine("killed", file), TestContext.Current.CancellationToken));
    }

    private List<string> Losses(string run) =>
        [.. File.ReadLines(_folder.Combine(run, "losses.jsonl")).Select(line => line.Split("\"seconds\"")[0])];

    // Each step says a line; the process dies when it has said so many.
    private async Task<int> TrainAsync(string run, int killAfter)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "train", "--resume", "--device", "cpu", "--paired", _folder.Path,
            "--out", _folder.Combine(run), .. Recipe.SelectMany(option => (string[])["--set", option]),
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        using var process = Process.Start(start)!;
        var said = 0;
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains(" s/step", StringComparison.Ordinal) && ++said == killAfter)
                process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
