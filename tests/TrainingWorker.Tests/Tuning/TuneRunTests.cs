using Gateway.Testing;
using Gateway.TrainingWorker.Tuning;

namespace Gateway.TrainingWorker.Tests.Tuning;

public sealed class TuneRunTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly List<string> _said = [];

    private TuneRequest Request => new()
    {
        Paired = [PreparedFolders.Real(_folder.Combine("pairs"), heads: 20)],
        Out = _folder.Combine("out"),
        Features = FeatureLossTests.Squeezed(_folder),
        Limit = 4,
        Seeds = 1,
        Size = 32,
        Width = 4,
        Updates = 4,
        Epochs = 5,
    };

    [Fact]
    public void A_tuning_that_is_stopped_goes_on_and_ends_with_the_reports_three_tables()
    {
        var request = Request;
        using (var stop = new CancellationTokenSource())
        using (var first = new TuneRun(request, TimeProvider.System, line => Say(line, stop)))
            Assert.False(first.Tune(stop.Token));
        Assert.Contains("Not done yet: the same command goes on.", Report("tuning.md"), StringComparison.Ordinal);
        var kept = Results();
        Assert.Equal(2, kept.Count);

        using (var second = new TuneRun(request, TimeProvider.System, _said.Add))
            Assert.True(second.Tune(CancellationToken.None));

        Assert.All(kept, result => Assert.Equal(result.Value, Results()[result.Key]));
        Assert.Equal(10, Results().Count);
        var report = Report("tuning.md");
        foreach (var part in (string[])[
            "| as reported | 4 | 0.0001, 0.001 | 10, 1, 0 |", "| k = 1 | 1 |", "| cycle by MSE alone | 4 | 0.0001, 0.001 | 10, 0, 0 |",
            "**Table 1.** Result for our model trained on 4 images",
            "**Table 2.** Result for our model trained on the whole dataset (9 T2 and 9 CT) on 3 epochs",
            "**Table 3.** Result for our model trained on the whole dataset (9 T2 and 9 CT) on 5 epochs", "| | CT → T2 | T2 → CT |",
            "| 1 - SSIM and features (as reported) |", "it cannot be compared with a FID", "paper, without ImageNet weights"])
            Assert.Contains(part, report, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Combine("out", "epochs.png")));
    }

    [Fact]
    public void A_cell_that_another_process_is_at_is_left_to_it()
    {
        var request = Request;
        Directory.CreateDirectory(_folder.Combine("out", "cells", "gateway-seed-1"));
        using (new FileStream(
            _folder.Combine("out", "cells", "gateway-seed-1", "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        using (var run = new TuneRun(request, TimeProvider.System, _said.Add))
            Assert.False(run.Compare(CancellationToken.None));
        Assert.Contains("gateway-seed-1: another process is at it", _said);
        Assert.Equal(2, Results().Count);
        Assert.Contains("Not done yet", Report("comparison.md"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Say(string line, CancellationTokenSource stop)
    {
        _said.Add(line);
        if (line.StartsWith("[3/9]", StringComparison.Ordinal))
            stop.Cancel();
    }

    private string Report(string name) => File.ReadAllText(_folder.Combine("out", name));

    private Dictionary<string, string> Results() => Directory.EnumerateFiles(
        _folder.Combine("out", "cells"), CellResult.FileName, SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllText);
}
