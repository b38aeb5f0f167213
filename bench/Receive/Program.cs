using System.CommandLine;
using Gateway.Receive;

var quick = new Option<bool>("--quick") { Description = "One measured pass with 4 associations of storescu: for development." };
var only = new Option<string[]>("--only")
{
    Description = "Receivers whose names begin so.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var associations = new Option<int[]>("--associations") { Description = "Instead of 1 4 16 64.", AllowMultipleArgumentsPerToken = true };
var images = new Option<string[]>("--images")
{
    Description = "CT, MR or both.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["CT", "MR"],
};
var passes = new Option<int?>("--passes") { Description = "Measured passes of each cell, instead of 5." };
var foDicom = new Option<string?>("--fo-dicom") { Description = "The built bench/FoDicom, see bench/README.md." };
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/receive.md." };

var root = new RootCommand(
    "Compares receivers of DICOM objects.") { quick, only, images, associations, passes, foDicom, commit, write, Serve() };
root.SetAction(async (parsed, cancel) =>
{
    var checkout = Checkout.Find();
    var isQuick = parsed.GetValue(quick);
    var result = await new ReceiveRun(checkout, new(
        parsed.GetValue(passes) ?? (isQuick ? 1 : 5),
        parsed.GetValue(associations) is { Length: > 0 } some ? some : isQuick ? [4] : [1, 4, 16, 64],
        parsed.GetValue(only)!, parsed.GetValue(foDicom))
    {
        Images = parsed.GetValue(images)!,
        CellsOnly = isQuick,
    }).RunAsync(cancel);
    var report = ReceiveReport.Of(result, parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(checkout.Result("receive.md"), report, cancel);
});
return await root.Parse(args).InvokeAsync();

static Command Serve()
{
    var (what, port, folder) = (new Argument<string>("what"), new Argument<int>("port"), new Argument<string>("folder"));
    var serve = new Command("serve", "One of this program's own receivers: bytes or floor.") { what, port, folder };
    serve.SetAction((parsed, cancel) => parsed.GetValue(what) == "bytes"
        ? BytesServer.RunAsync(parsed.GetValue(port), parsed.GetValue(folder)!, cancel)
        : FloorServer.RunAsync(parsed.GetValue(port), parsed.GetValue(folder)!, cancel));
    return serve;
}
