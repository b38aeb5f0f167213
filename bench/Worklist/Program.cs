using System.CommandLine;
using Gateway.Persistence;
using Gateway.Worklist;

var studies = new Option<int[]>("--studies")
{
    Description = "How many studies the worklist has; each number is a run.", DefaultValueFactory = _ => [10_000, 100_000],
    AllowMultipleArgumentsPerToken = true,
};
var requests = new Option<int>("--requests") { Description = "How often each list is asked for.", DefaultValueFactory = _ => 200 };
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/worklist.md." };

var root = new RootCommand("Times every filter of the worklist on both databases.") { studies, requests, commit, write };
root.SetAction(async (parsed, cancel) =>
{
    var load = Machine.LoadAverage();
    var measured = new List<Measured>();
    foreach (var count in parsed.GetValue(studies)!)
        foreach (var provider in Enum.GetValues<DatabaseProvider>())
            measured.Add(await new WorklistRun(provider, count).RunAsync(parsed.GetValue(requests), cancel));
    var report = Report.Of(measured, parsed.GetValue(requests), Machine.Here(Path.GetTempPath()), load, parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(Checkout.Find().Result("worklist.md"), report, cancel);
});
return await root.Parse(args).InvokeAsync();
