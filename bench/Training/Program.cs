using System.CommandLine;
using Gateway.TrainingBench;
using Gateway.TrainingWorker;

TrainingProcess.Settle();

var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/training-memory.md." };
var steps = new Option<int>("--steps") { Description = "Steps that count.", DefaultValueFactory = _ => 2000 };
var limit = new Option<double>("--limit") { Description = "Drift in percent from which on it fails.", DefaultValueFactory = _ => 3 };
var memory = new Command("memory", "Looks at the memory of a run of both stages.") { steps, limit, commit, write };
memory.SetAction(parsed =>
{
    using var temporary = new TemporaryFolder();
    var load = Machine.LoadAverage();
    var run = new MemoryRun(parsed.GetValue(steps));
    var points = run.Run(Heads.Data(temporary.Sub("pictures")), temporary.Sub("run"));
    var report = MemoryReport.Of(points, run, Machine.Here(temporary.Path), load, parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        File.WriteAllText(Checkout.Find().Result("training-memory.md"), report);
    return 100 * MemoryReport.Drift(points) < parsed.GetValue(limit) ? 0 : 1;
});

var count = new Option<int>("--starts") { DefaultValueFactory = _ => 20 };
var starts = new Command(
    "starts", "Starts a trainer at the published width again and again, under load, with the collector forced.") { count, commit };
starts.SetAction(parsed =>
{
    using var temporary = new TemporaryFolder();
    var failed = Starts.Run(parsed.GetValue(count), temporary);
    Console.WriteLine(
        $"{parsed.GetValue(count)} starts, {failed} failed; commit {parsed.GetValue(commit)}, load average {Machine.LoadAverage()}");
    return failed == 0 ? 0 : 1;
});

var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 7 };
var width = new Option<int>("--width") { Description = "Channels of the first stage.", DefaultValueFactory = _ => 48 };
var crop = new Option<int>("--crop") { DefaultValueFactory = _ => 256 };
var step = new Command("step", "Where the time of a step goes.") { rounds, width, crop, commit, write };
step.SetAction(parsed =>
{
    using var temporary = new TemporaryFolder();
    var report = StepReport.Of(
        temporary, parsed.GetValue(rounds), parsed.GetValue(width), parsed.GetValue(crop), parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        File.WriteAllText(Checkout.Find().Result("training-step.md"), report);
});

var pictures = new Option<string>("--pictures") { Required = true };
var folder = new Option<string>("--folder") { Required = true };
var start = new Command("start", "One of them.") { pictures, folder };
start.SetAction(parsed =>
{
    var collections = Start.Run(parsed.GetValue(pictures)!, parsed.GetValue(folder)!);
    Console.WriteLine($"{collections} collections, at most {MemoryPoint.Kibibytes("VmHWM:") / 1024} MiB resident");
});

return await new RootCommand("Memory, starts and steps of training.") { memory, starts, start, step }.Parse(args).InvokeAsync();
