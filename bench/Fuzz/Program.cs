using System.CommandLine;
using Gateway.Fuzzing;

var inputs = new Option<long>("--inputs")
{
    Description = "How many inputs, shared among the targets.",
    DefaultValueFactory = _ => 1_000_000,
};
var seed = new Option<ulong>("--seed") { Description = "Which inputs: the same seed makes the same ones.", DefaultValueFactory = _ => 1 };
var from = new Option<long>("--from") { Description = "Number of the first input, to repeat a finding." };
var targets = new Option<string[]>("--targets")
{
    Description = "Names of targets; all without it.",
    AllowMultipleArgumentsPerToken = true,
};
var data = new Option<string?>("--data") { Description = "Folder of real files to mutate as well: it holds 'malformed'." };

var root = new RootCommand("Feeds mutated inputs to everything that reads what strangers send.") { inputs, seed, from, targets, data };
root.SetAction(parsed =>
{
    var all = FuzzTargets.All(new(parsed.GetValue(data)));
    var chosen = parsed.GetValue(targets) is { Length: > 0 } names ? [.. all.Where(target => names.Contains(target.Name))] : all;
    if (chosen.Count == 0)
    {
        Console.Error.WriteLine($"There are these targets: {string.Join(", ", all.Select(target => target.Name))}");
        return 2;
    }
    var reports = new List<FuzzReport>();
    foreach (var target in chosen)
    {
        var fuzzer = new Fuzzer(target, parsed.GetValue(seed));
        reports.Add(
            fuzzer.Run(
                (parsed.GetValue(inputs) + chosen.Count - 1) / chosen.Count, parsed.GetValue(from),
                report => Console.Error.Write($"\r{target.Name}: {report}   ")));
        Console.Error.Write("\r");
        Console.WriteLine($"{target.Name}: {reports[^1]}");
        foreach (var finding in reports[^1].Findings) Console.WriteLine(finding);
    }
    var seconds = reports.Sum(report => report.Elapsed.TotalSeconds);
    var (total, findings) = (reports.Sum(report => report.Inputs), reports.Sum(report => report.Findings.Count));
    Console.WriteLine($"{total:N0} inputs in {seconds:N0} s, {total / Math.Max(seconds, 1e-3):N0}/s, {findings} findings");
    return findings == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();
