using System.CommandLine;
using Gateway.Int8;

var models = new Option<string?>("--models") { Description = "Folder with the generators; the shipped ones by default." };
var count = new Option<int>("--slices") { Description = "Phantoms that are judged and timed.", DefaultValueFactory = _ => 32 };
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/int8.md." };

var root = new RootCommand("Generators in 8 bits beside those in float32: time, likeness, and a gate.") { models, count, commit, write };
root.SetAction(parsed =>
{
    var checkout = Checkout.Find();
    using var temporary = new TemporaryFolder();
    var load = Machine.LoadAverage();
    var folder = parsed.GetValue(models) ?? Path.Combine(checkout.Root, "models");
    var results = ((string[])["t2-ct", "ct-t2"])
        .Select(name => Result.Of(Path.Combine(folder, name + ".onnx"), parsed.GetValue(count))).ToList();
    var report = Report.Of(results, Machine.Here(temporary.Path), load, parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        File.WriteAllText(checkout.Result("int8.md"), report);
});
return await root.Parse(args).InvokeAsync();
