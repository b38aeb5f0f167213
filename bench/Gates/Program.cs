using System.CommandLine;
using Gateway.Gates;

var commit = new Option<string>("--commit") { Description = "What was built, for the report.", DefaultValueFactory = _ => "not told" };
var data = new Option<DirectoryInfo>("--data")
{
    Description = "Real volumes and label maps of heads; of these, by name, the last fifth is what nothing was learned from.",
    DefaultValueFactory = _ => new(Path.Combine(Checkout.Find().Root, "../shared/data")),
};
var keep = new Option<DirectoryInfo?>("--keep") { Description = "What was measured is kept here, head by head, and not measured again." };
var write = new Option<bool>("--write") { Description = "Keep the report." };

var digital = new Option<int>("--digital") { Description = "Digital heads.", DefaultValueFactory = _ => 16 };
var contrast = new Option<int>("--contrast")
{
    Description = "CT heads of each kind and brightness of contrast; twice as many native ones of each kind.",
    DefaultValueFactory = _ => 4,
};
var root = new RootCommand(
    "How well the out-of-distribution gate tells corrupted series from good ones.") { digital, contrast, data, keep, commit, write };
root.SetAction(parsed =>
{
    var (checkout, folder) = (Checkout.Find(), parsed.GetValue(data)!.FullName);
    string Folder(Modality modality) => Path.Combine(checkout.Root, "models", "references", modality.Code);
    var references = ShippedModalities.Table.Profiles.ToDictionary(
        profile => profile.Modality, profile => Reference.Load(Folder(profile.Modality), profile));
    var run = new GateRun(references, parsed.GetValue(keep)?.FullName);
    Measured[] measured =
    [
        .. run.Real(new(folder)), .. run.Painted(Labels(folder)[^(Labels(folder).Length / 5)..]), .. run.Digital(parsed.GetValue(digital)),
    ];
    var limits = references.ToDictionary(at => at.Key, at => ArchiveLimits.Load(Folder(at.Key), at.Value));
    var ct = references[ShippedModalities.Ct.Modality];
    string[] tables = parsed.GetValue(contrast) == 0
        ? [] : [.. new ContrastRun(ct, limits[ct.Profile.Modality]).Tables(parsed.GetValue(contrast))];
    var report = Report.Of(
        [.. measured.Select(m => Judged.Of(m, limits[m.Modality]))], tables, Machine.Here(checkout.Root), parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        File.WriteAllText(Path.Combine(checkout.Root, "docs", "gates.md"), report);
    return 0;
});

var every = new Option<int>("--every") { Description = "Of the other label maps, one of so many.", DefaultValueFactory = _ => 16 };
var levels = new Command("levels", "At which level T2 and CT of the same heads are cut.") { data, every, keep, commit, write };
levels.SetAction(parsed =>
{
    var (checkout, paths) = (Checkout.Find(), Labels(parsed.GetValue(data)!.FullName));
    var kept = paths.Length / 5;
    string[] chosen = [.. paths[..^kept].Where((_, i) => i % parsed.GetValue(every) == 0), .. paths[^kept..]];
    var references = ShippedModalities.Table.Profiles
        .Select(profile => Reference.Load(Path.Combine(checkout.Root, "models", "references", profile.Modality.Code), profile)).ToArray();
    var report = new LevelRun(references, parsed.GetValue(keep)?.FullName)
        .Report(chosen, kept, Machine.Here(checkout.Root), parsed.GetValue(commit)!);
    Console.Write(report);
    if (parsed.GetValue(write))
        File.WriteAllText(checkout.Result("levels.md"), report);
    return 0;
});
root.Add(levels);
return root.Parse(args).Invoke();

static string[] Labels(string data) =>
    [.. Directory.GetFiles(Path.Combine(data, "labels", "synthseg"), "*.nii*").Order(StringComparer.Ordinal)];
