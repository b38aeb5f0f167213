using System.Diagnostics;
using System.Text.Json;
using Gateway.Cli;
using Gateway.Testing;
using Gateway.Workshop.TrainingSets;

namespace Gateway.EndToEnd.Tests;

/// <summary><c>gateway train</c> on phantoms, with networks narrow enough for seconds.</summary>
public sealed class TrainVerbTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_resumed_run_has_the_recipe_of_its_checkpoint_and_no_other()
    {
        PhantomTrainingSet.Write(new() { Output = _folder.Path, Count = 4, FirstSeed = 1 }, TestContext.Current.CancellationToken);
        var recipe = _folder.Combine("recipe.json");
        await File.WriteAllTextAsync(recipe, JsonSerializer.Serialize(new
        {
            GeneratorWidth = 4,
            DiscriminatorWidth = 4,
            StepsSmall = 1,
            StepsFull = 1,
            StepsAdversarial = 0,
            SmallSize = 64,
            CropSize = 64,
            BatchSmall = 1,
            BatchFull = 1,
            CalibrationBatches = 1,
            Seed = 5,
        }), TestContext.Current.CancellationToken);
        (await TrainAsync("--recipe", recipe)).Succeeded();

        (await TrainAsync("--resume")).Succeeded();
        (await TrainAsync("--resume", "--recipe", recipe)).Succeeded();
        (await TrainAsync("--resume", "--set", "Seed=5")).Succeeded();
        var another = await TrainAsync("--resume", "--set", "Seed=7", "--set", "BatchFull=2");

        Assert.Equal(ExitCode.Failed, another.ExitCode);
        Assert.Contains("another recipe: BatchFull 1, not 2; Seed 5, not 7.", another.Error, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(_folder.Combine("out", "losses.jsonl")).Length);
    }

    [Fact]
    public async Task A_learning_rate_that_teaches_nothing_is_refused()
    {
        PhantomTrainingSet.Write(new() { Output = _folder.Path, Count = 2, FirstSeed = 1 }, TestContext.Current.CancellationToken);
        var refused = await TrainAsync("--set", "PairedRate=1e9");
        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("PairedRate is 1000000000; a learning rate is at least 0 and at most 1.", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Which the C library reads at the start of a process and never again.</summary>
    [Fact]
    public async Task A_training_process_has_the_settings_of_memory_that_it_needs_and_keeps_those_it_was_given()
    {
        PhantomTrainingSet.Write(new() { Output = _folder.Path, Count = 2, FirstSeed = 1 }, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (var argument in (string[])[
            Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "train", "--paired", _folder.Path, "--out", _folder.Combine("out"),
            "--set", "GeneratorWidth=4", "--set", "ProgressEvery=1", "--set", "SmallSize=32", "--set", "BatchSmall=1"])
            start.ArgumentList.Add(argument);
        start.Environment["MALLOC_TOP_PAD_"] = "4096";
        using var process = Process.Start(start)!;
        try
        {
            Assert.StartsWith(
                "1/", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            var settings = File.ReadAllText($"/proc/{process.Id}/environ").Split('\0');
            Assert.Contains("MALLOC_ARENA_MAX=1", settings);
            Assert.Contains("MALLOC_TOP_PAD_=4096", settings);
            Assert.Contains("OMP_WAIT_POLICY=PASSIVE", settings);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private Task<ToolResult> TrainAsync(params string[] arguments) => Tool.RunAsync(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "train", "--paired", _folder.Path, "--out", _folder.Combine("out"),
            .. arguments],
        TimeSpan.FromMinutes(2));
}
