using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>Runs the cells of a tuning or a comparison and writes its tables. What a folder has already is not done again, so that a killed
/// or stopped run goes on, and a second process on the same folder takes cells of its own.</summary>
public sealed class TuneRun : IDisposable
{
    private readonly TuneRequest _request;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly FeatureNetwork _features;
    private readonly SetFeatures _distances;
    private readonly TuneData _data;
    private readonly TuneFolder _folder;
    private readonly CellScoring _scoring;
    private readonly CellRun _cells;
    private readonly TuneGrid _grid;

    /// <summary>Reads pictures and networks.</summary>
    /// <param name="say">Told what is going on, a line at a time.</param>
    /// <exception cref="InvalidDataException">A picture, or a file of weights, cannot be used.</exception>
    /// <exception cref="TrainingDeviceException">The device is not here.</exception>
    public TuneRun(TuneRequest request, TimeProvider time, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(request);
        (_request, _time, _say) = (request, time, say);
        var device = TrainingDevice.Of(request.Device);
        _features = FeatureNetwork.Read(request.Features, device);
        _distances = SetFeatures.Read(request.Inception ?? request.Features);
        _data = TuneData.Load(request);
        _folder = new(request.Out);
        _scoring = new(_data, _distances.Features);
        _cells = new(_data, _scoring, _features, device, time);
        _grid = new(request, _features);
    }

    private TuneSetting Setting => new()
    {
        Request = _request,
        Features = _features.Name,
        FeaturesSha256 = _features.Sha256,
        Distances = _distances.Features,
        Data = _data,
    };

    /// <summary>The report's 2.4 and its tables: the ablation on few images, then its best cell on all.</summary>
    /// <returns>Whether every cell is done.</returns>
    public bool Tune(CancellationToken cancel)
    {
        using var stop = Budget(cancel);
        var ablation = _grid.Ablation();
        Run(ablation, stop.Token);
        var report = new TuneReport(Setting, Results(ablation));
        if (report.Results.Count == ablation.Count && report.Best is { } best)
        {
            var winner = _grid.Winner(
                ablation.First(cell => cell.Name == best), _data.All.Sides.Max(side => side.Train.Count));
            Run([winner], stop.Token);
            report = report with { Winner = _folder.Result(winner) };
            if (report.Winner is not null)
                ContactSheet.Write(
                    Path.Combine(_request.Out, "epochs.png"), _folder.Of(winner), TuneGrid.StepsOfAnEpoch(report.Winner.Images.Max()));
        }
        Write("tuning", report.Markdown(), report.Results.Append(report.Winner).OfType<CellResult>());
        return report.Winner is not null;
    }

    /// <summary>The recipes on the same data with equally many updates, beside the trivial methods.</summary>
    /// <returns>Whether every cell is done.</returns>
    public bool Compare(CancellationToken cancel)
    {
        using var stop = Budget(cancel);
        var cells = _grid.Comparison();
        Run(cells, stop.Token);
        var results = Results(cells);
        Write("comparison", new CompareReport(Setting, results, Baselines.Of(_data, _scoring)).Markdown(), results);
        return results.Count == cells.Count;
    }

    public void Dispose()
    {
        _features.Dispose();
        _distances.Dispose();
    }

    private void Run(IReadOnlyList<TuneCell> cells, CancellationToken stop)
    {
        for (var i = 0; i < cells.Count && !stop.IsCancellationRequested; i++)
        {
            var cell = cells[i];
            if (_folder.Result(cell) is not null)
                continue;
            using var taken = _folder.Take(cell);
            if (taken is null)
            {
                _say($"{cell.Folder}: another process is at it");
                continue;
            }
            var place = $"[{i + 1}/{cells.Count}] {cell.Folder}";
            _say($"{place}: {cell.Options.StepsTotal} steps");
            var result = _cells.Run(cell, _folder.Of(cell), new Lines(line => _say($"{place}: {line}")), stop);
            if (result is null)
                return;
            TuneFolder.Write(Path.Combine(_folder.Of(cell), CellResult.FileName), result);
        }
    }

    private List<CellResult> Results(IEnumerable<TuneCell> cells) => [.. cells.Select(_folder.Result).OfType<CellResult>()];

    private void Write(string name, string markdown, IEnumerable<CellResult> results)
    {
        Directory.CreateDirectory(_request.Out);
        File.WriteAllText(Path.Combine(_request.Out, $"{name}.md"), markdown);
        TuneFolder.Write(Path.Combine(_request.Out, $"{name}.json"), results);
    }

    private CancellationTokenSource Budget(CancellationToken cancel)
    {
        var budget = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (_request.Minutes is not { } minutes)
            return budget;
        _ = _time.CreateTimer(_ => Stop(budget), null, TimeSpan.FromMinutes(minutes), Timeout.InfiniteTimeSpan);
        return budget;
    }

    private static void Stop(CancellationTokenSource budget)
    {
        try
        {
            budget.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // All was done before.
        }
    }

    private sealed class Lines(Action<string> say) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Note is null)
                say(value.ToString());
        }
    }
}
