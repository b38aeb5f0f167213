using System.CommandLine;
using System.Diagnostics;
using Gateway.Gates;

var train = new Option<int>("--train") { Description = "Heads the limits are learned from.", DefaultValueFactory = _ => 40 };
var good = new Option<int>("--good") { Description = "Good heads; each is a T2 and a CT series.", DefaultValueFactory = _ => 50 };
var each = new Option<int>("--each")
{
    Description = "Heads of each kind of corruption; each is a T2 and a CT series.",
    DefaultValueFactory = _ => 8,
};
var contrast = new Option<int>("--contrast")
{
    Description = "CT heads of each kind and brightness of contrast; twice as many native ones of each kind.",
    DefaultValueFactory = _ => 8,
};
var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var write = new Option<bool>("--write") { Description = "Keep the report in bench/results/gates.md." };

var root = new RootCommand(
    "How well the out-of-distribution gate tells corrupted series from good ones.") { train, good, each, contrast, commit, write };
root.SetAction(parsed =>
{
    var (checkout, clock) = (Checkout.Find(), Stopwatch.StartNew());
    string Folder(Modality modality) => Path.Combine(checkout.Root, "models", "references", modality.Code);
    var references = ShippedModalities.Table.Profiles.ToDictionary(
        profile => profile.Modality, profile => Reference.Load(Folder(profile.Modality), profile));
    var run = new GateRun([.. references.Values]);
    var learned = run.Learn(parsed.GetValue(train));
    Measured[] measured = [.. run.Good(parsed.GetValue(good)), .. run.Corrupted(parsed.GetValue(each))];
    Judged[] Against(IReadOnlyDictionary<Modality, ArchiveLimits> limits) => [.. measured.Select(m => Judged.Of(m, limits[m.Modality]))];
    Judged[] shipped = references.Keys.All(modality => File.Exists(Path.Combine(Folder(modality), ArchiveLimits.FileName)))
        ? Against(
            references.ToDictionary(reference => reference.Key, reference => ArchiveLimits.Load(Folder(reference.Key), reference.Value)))
        : [];
    var ct = references[ShippedModalities.Ct.Modality];
    string[] tables = shipped.Length == 0
        ? [] : [.. new ContrastRun(ct, ArchiveLimits.Load(Folder(ct.Profile.Modality), ct)).Tables(parsed.GetValue(contrast))];
    var report = Report.Of(
        parsed.GetValue(train), Against(learned), shipped, tables, Machine.Here(checkout.Root), parsed.GetValue(commit)!, clock.Elapsed);
    Console.Write(report);
    if (parsed.GetValue(write))
        File.WriteAllText(checkout.Result("gates.md"), report);
    return 0;
});
return root.Parse(args).Invoke();
