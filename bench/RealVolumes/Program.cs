using System.CommandLine;
using Gateway.RealVolumes;

var data = new Argument<DirectoryInfo>("data") { Description = "The folder of real data, ../shared/data." };
var pictures = new Option<DirectoryInfo?>(
    "--pictures")
{ Description = "Where the sheets go; outside the checkout, for they show patients." };

var root = new RootCommand("Every real volume by name: translated, held or ineligible, and why.") { data, pictures };
root.SetAction(parsed =>
{
    var checkout = Checkout.Find();
    using var temporary = new TemporaryFolder();
    using var judge = new Judge(parsed.GetValue(pictures)?.FullName ?? temporary.Sub("pictures"));
    var volumes = new RealSeries(parsed.GetValue(data)!.FullName, temporary.Sub("nifti")).All().Select(judge.Of).ToList();
    var table = Table.Of(volumes, Seen.Load(Path.Combine(checkout.Root, "bench", "RealVolumes", "seen.tsv")));
    File.WriteAllText(Path.Combine(checkout.Root, "docs", "real-volumes.md"), table);
    Console.Write(table);
    return 0;
});
return root.Parse(args).Invoke();
