using Gateway.Workshop.Phantom;

namespace Gateway.WholePath;

/// <summary>A run as Markdown.</summary>
internal static class Report
{
    public static string Of(WholePathResult run, string commit)
    {
        var machine = run.Machine;
        var models = string.Join(", ", run.Studies.Select(s => s.Model).Distinct());
        string[] lines =
        [
            "# Whole path",
            "",
            $"{run.StartedAt:yyyy-MM-dd HH:mm} UTC, commit {commit}, models: {models}.  ",
            $"{machine.Cores} cores, {machine.Processor}, {machine.Gibibytes:0} GiB, data on {machine.FileSystem}; {machine.Software}.  ",
            $"Load average before {run.Load.Before}, after {run.Load.After}; more than {machine.Cores} means that others were computing too.",
            "",
            $"Studies of {PhantomStudy.Images} images of 256 x 256, {run.StudyBytes / 1e6:0.00} MB, one after the other. Seconds.",
            "",
            .. Receive(run),
            "",
            .. Stages(run),
            "",
            .. Floors(run),
            "",
            $"Gateway process: peak {run.PeakMebibytes:0} MiB resident; {run.ProcessorSecondsPerStudy:0.00} CPU s per study, the 5 s of waiting"
                + $" and the polling included; {run.StartProcessorSeconds:0.00} CPU s to READY.",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Receive(WholePathResult run)
    {
        yield return "| receive | n | sender's clock: min | median | max | images/s | association: min | median | max | images/s |";
        yield return "|---|---|---|---|---|---|---|---|---|---|";
        foreach (var sender in run.Studies.GroupBy(s => s.Sender))
        {
            var (clock, association) = (Spread.Of(sender.Select(s => s.Receive)), Spread.Of(sender.Select(s => s.Association)));
            yield return $"| {sender.Key} | {sender.Count()} | {clock.Cells()} | {PhantomStudy.Images / clock.Median:0} "
                + $"| {association.Cells()} | {PhantomStudy.Images / association.Median:0} |";
        }
    }

    private static IEnumerable<string> Stages(WholePathResult run)
    {
        // The path behind the listener is the same whoever sent; one sender keeps the columns comparable with their total.
        var ours = run.Studies.Where(s => s.Sender == run.Studies[0].Sender).ToList();
        var (t2, ct) = (ours.FindAll(s => s.Kind == PhantomKind.T2), ours.FindAll(s => s.Kind == PhantomKind.HeadCt));
        string Row(string name, Func<StudyTimes, double> value) =>
            $"| {name} | {Spread.Of(t2.Select(value)).Cells()} | {Spread.Of(ct.Select(value)).Cells()} |";

        var quiet = GatewayProcess.Quiet.TotalSeconds;
        yield return $"| stage (n = {t2.Count} each) | T2 to CT: min | median | max | CT to T2: min | median | max |";
        yield return "|---|---|---|---|---|---|---|";
        yield return Row("receive", s => s.Receive);
        yield return Row($"complete: {quiet:0} s of it are the configured quiet time", s => s.Complete);
        foreach (var stage in ours[0].Stages.Keys)
            yield return Row(stage, s => s.Stages[stage]);
        yield return Row("deliver", s => s.Deliver);
        yield return Row(
            "between: messages, rows, objects, release", s => s.Whole - s.Receive - s.Complete - s.Stages.Values.Sum() - s.Deliver);
        yield return Row("**whole path without the quiet time**", s => s.Whole - quiet);
    }

    private static IEnumerable<string> Floors(WholePathResult run)
    {
        var disk = Spread.Of(run.DiskFloor);
        var translate = Spread.Of(run.Studies.Select(s => s.Stages["translate"]));
        yield return $"Floor of receiving: the same {run.StudyBytes / 1e6:0.00} MB written, flushed and renamed file by file in the same folder take "
            + $"{disk.Min:0.000} / {disk.Median:0.000} / {disk.Max:0.000} s (min / median / max), {run.StudyBytes / 1e6 / disk.Median:0} MB/s.  ";
        yield return run.Gigaoperations is { } giga
            ? $"Inference: {translate.Median * 1_000:0} ms (median) for {giga:0.00} GFLOP of convolutions: {giga / translate.Median:0} GFLOP/s."
            : $"Inference: {translate.Median * 1_000:0} ms (median); its layers are not those whose operations are counted here.";
    }
}
