using System.CommandLine;
using Gateway.Outages;

var what = new Option<string[]>("--what")
{
    Description = $"What is away: {string.Join(", ", Outage.All.Select(outage => outage.Name))}; all unless given.",
    AllowMultipleArgumentsPerToken = true,
};
var away = new Option<int>("--away") { Description = "For how many seconds.", DefaultValueFactory = _ => 600 };
var studies = new Option<int>("--studies") { Description = "Sent while it is away.", DefaultValueFactory = _ => 20 };
var pace = new Option<int>("--pace") { Description = "Seconds from one study to the next.", DefaultValueFactory = _ => 8 };
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/outages.md." };

var root = new RootCommand("Takes away what the gateway needs while studies come.") { what, away, studies, pace, commit, write };
root.SetAction(async (parsed, cancel) =>
{
    var checkout = Checkout.Find();
    var names = parsed.GetValue(what) ?? [];
    var run = new OutageRun(
        checkout, parsed.GetValue(studies), TimeSpan.FromSeconds(parsed.GetValue(pace)), TimeSpan.FromSeconds(parsed.GetValue(away)));
    Outage[] outages = [.. Outage.All.Where(one => names.Length == 0 || names.Contains(one.Name))];
    var report = await run.RunAsync(outages, parsed.GetValue(commit)!, cancel);
    Console.Write(report);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(checkout.Result("outages.md"), report, cancel);
});
return await root.Parse(args).InvokeAsync();
