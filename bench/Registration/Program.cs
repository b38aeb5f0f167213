using System.CommandLine;
using Gateway.RegistrationBench;

var folder = new Option<string?>(
    "--folder")
{ Description = "Where the pairs are written and what peers found is kept and reused; a temporary one when absent." };
var peers = new Option<string[]>("--peers")
{
    Description = "Peers to run, as eng/peers names them; all of them when absent, 'none' for none.",
    AllowMultipleArgumentsPerToken = true,
};
var pictures = new Option<bool>("--pictures") { Description = "Leave each result beside its pair as a checkerboard." };
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/registration.md." };

var root = new RootCommand(
    "Registers pairs of head slices by the gateway, DIPY and elastix, and scores what each found.") { folder, peers, pictures,
        commit, write };
root.SetAction(async (parsed, cancel) =>
{
    var checkout = Checkout.Find();
    using var temporary = new TemporaryFolder();
    var run = new RegistrationRun(checkout, parsed.GetValue(folder) ?? temporary.Path) { Pictures = parsed.GetValue(pictures) };
    var named = parsed.GetValue(peers) is { Length: > 0 } some ? some : PeerPrograms.All;
    var report = Report.Of(await run.RunAsync(named.Except(["none"]).ToArray(), cancel), parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(checkout.Result("registration.md"), report, cancel);
});
return await root.Parse(args).InvokeAsync();
