using System.CommandLine;
using Gateway.WholeVolume;

var runs = new Option<int>("--runs") { Description = "Times the series is translated, one after the other.", DefaultValueFactory = _ => 5 };
runs.Validators.Add(result =>
{
    if (result.GetValue(runs) < 1)
        result.AddError("--runs wants 1 or more.");
});
var folder = new Option<DirectoryInfo?>(
    "--folder")
{ Description = "A T2 series; the 55 Siemens slices of ../shared/data by default, or a phantom where they are not." };
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/whole-volume.md." };

var root = new RootCommand("Times the translation of every slice of a T2 series.") { runs, folder, commit, write };
root.SetAction(async (parsed, cancel) =>
{
    var checkout = Checkout.Find();
    using var temporary = new TemporaryFolder();
    var series = SourceSeries.Find(checkout, parsed.GetValue(folder), temporary);
    var load = Machine.LoadAverage();
    var times = await new VolumeRun(series, temporary.Sub("data")).RunAsync(parsed.GetValue(runs), cancel);
    var report = Report.Of(series, times, Machine.Here(temporary.Path), load, parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(checkout.Result("whole-volume.md"), report, cancel);
});
return await root.Parse(args).InvokeAsync();
