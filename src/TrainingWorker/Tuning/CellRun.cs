using System.Text.Json;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>Trains a cell and scores it at its milestones.</summary>
/// <param name="features">Of the perceptual loss.</param>
internal sealed class CellRun(TuneData data, CellScoring scoring, FeatureNetwork features, Device device, TimeProvider time)
{
    /// <summary>Goes on from the cell's checkpoint, if there is one of the same recipe.</summary>
    /// <param name="folder">The cell's.</param>
    /// <returns>Null if it was cancelled.</returns>
    public CellResult? Run(TuneCell cell, string folder, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        var images = data.Limited(cell.Images);
        var milestones = new List<Milestone>();
        using var state = Begin(cell, folder);
        var run = new TrainingRun(state, images, folder, time, progress, cell.Options.Perceptual is null ? null : features);
        try
        {
            foreach (var step in cell.Milestones)
            {
                run.Run(cancel, step);
                if (state.Step < step)
                    return null;
                milestones.Add(Reached(step, state, images, folder));
            }
        }
        catch (TrainingDivergedException diverged)
        {
            return Result(cell, images, folder) with { Diverged = diverged.Message };
        }
        return Result(cell, images, folder) with { Milestones = milestones };
    }

    private TrainingState Begin(TuneCell cell, string folder)
    {
        var checkpoint = Path.Combine(folder, Checkpoint.FileName);
        var state = new TrainingState(cell.Options, device);
        if (File.Exists(checkpoint) && Checkpoint.Options(checkpoint).Differences(cell.Options).Count == 0)
            Checkpoint.Load(checkpoint, state);
        else
            foreach (var left in Directory.EnumerateFiles(folder, "*.json*").Concat(Directory.EnumerateFiles(folder, "*.png")).ToList())
                File.Delete(left);
        return state;
    }

    // A resumed run may be past a milestone; its scores are then in the folder.
    private Milestone Reached(int step, TrainingState state, TrainingData images, string folder)
    {
        var path = Path.Combine(folder, FormattableString.Invariant($"milestone-{step}.json"));
        if (TuneFolder.Read<Milestone>(path) is { } known)
            return known;
        var (steps, epoch) = (Math.Max(0, state.Step - state.Options.StepsPaired), TuneGrid.StepsOfAnEpoch(Most(images)));
        var reached = new Milestone(step, Math.Round((double)steps / epoch, 2), scoring.Of(state));
        TuneFolder.Write(path, reached);
        return reached;
    }

    private static CellResult Result(TuneCell cell, TrainingData images, string folder)
    {
        var lines = File.ReadLines(Path.Combine(folder, LossLog.FileName)).Select(line => JsonSerializer.Deserialize<Line>(
            line, JsonSerializerOptions.Web)!).ToList();
        var epoch = lines.TakeLast(TuneGrid.StepsOfAnEpoch(Most(images)));
        const string accuracy = "accuracy.";
        return new()
        {
            Name = cell.Name,
            Options = cell.Options,
            Images = [.. images.Sides.Select(side => side.Train.Count)],
            Seconds = Math.Round(lines.Sum(line => line.Seconds), 1),
            Accuracy = epoch.SelectMany(line => line.Losses)
                .Where(loss => loss.Key.StartsWith(accuracy, StringComparison.Ordinal) && loss.Value.ValueKind == JsonValueKind.Number)
                .GroupBy(loss => loss.Key[accuracy.Length..], loss => loss.Value.GetDouble())
                .ToDictionary(losses => losses.Key, losses => Math.Round(losses.Average(), 3)),
            Milestones = [],
        };
    }

    private static int Most(TrainingData images) => images.Sides.Max(side => side.Train.Count);

    private sealed record Line(double Seconds, Dictionary<string, JsonElement> Losses);
}
