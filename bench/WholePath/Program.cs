using System.CommandLine;
using Gateway.WholePath;

var studies = new Option<int>("--studies") { Description = "Measured studies of each kind and sender.", DefaultValueFactory = _ => 5 };
studies.Validators.Add(result =>
{
    if (result.GetValue(studies) < 1)
        result.AddError("--studies wants 1 or more.");
});
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/whole-path.md." };

var root = new RootCommand("Times the whole path of a study through a running gateway.") { studies, commit, write };
root.SetAction(async (parsed, cancel) =>
{
    var checkout = Checkout.Find();
    var result = await new WholePathRun(checkout, parsed.GetValue(studies)).RunAsync(cancel);
    var report = Report.Of(result, parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(checkout.Result("whole-path.md"), report, cancel);
});
return await root.Parse(args).InvokeAsync();
