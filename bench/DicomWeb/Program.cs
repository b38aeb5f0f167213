using System.CommandLine;
using Gateway.DicomWeb;

var rounds = new Option<int>("--rounds") { Description = "Measured rounds, after one that is not.", DefaultValueFactory = _ => 5 };
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/dicomweb.md." };

var root = new RootCommand("Compares STOW-RS with C-STORE, and WADO-RS with Orthanc's.") { rounds, commit, write };
root.SetAction(async (parsed, cancel) =>
{
    var checkout = Checkout.Find();
    using var folder = new TemporaryFolder();
    var before = Machine.LoadAverage();
    using var servers = await Servers.StartAsync(checkout, folder, cancel);
    var stored = await StoreRun.MeasureAsync(servers, folder, parsed.GetValue(rounds), cancel);
    var retrieved = await RetrieveRun.MeasureAsync(servers, folder, parsed.GetValue(rounds), cancel);
    var report = Report.Of(new(parsed.GetValue(commit)!, Machine.Here(folder.Path), before, stored, retrieved));
    Console.Write(report);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(checkout.Result("dicomweb.md"), report, cancel);
});
return await root.Parse(args).InvokeAsync();
