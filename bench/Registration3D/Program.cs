using System.CommandLine;
using Gateway.Harness;
using Gateway.VolumeRegistration;
using Gateway.Registration3DBench;

var folder = new Option<string?>("--folder") { Description = "Where pairs are left for eng/peers-3d, and its fields are read." };
var write = new Option<bool>("--write") { Description = "Only writes the pairs." };
var only = new Option<string[]>("--pairs") { Description = "Names of pairs; all without it.", AllowMultipleArgumentsPerToken = true };
var turned = new Option<int>(
    "--turned")
{ Description = "Instead: this many heads of each kind that nod, tilt and turn, by the shipped way and by volumes." };
var root = new RootCommand("Registration of volumes of 128 x 128 x 128 beside DIPY and elastix.") { folder, write, only, turned };
root.SetAction(parsed =>
{
    if (parsed.GetValue(turned) is > 0 and var heads)
    {
        TurnedReport.Print(Checkout.Find(), heads);
        return;
    }
    var at = Directory.CreateDirectory(parsed.GetValue(folder) ?? throw new InvalidOperationException("--folder is needed.")).FullName;
    var names = parsed.GetValue(only) ?? [];
    var pairs = Pairs.All(Checkout.Find()).Where(pair => names.Length == 0 || names.Contains(pair.Name)).ToList();
    if (parsed.GetValue(write))
    {
        pairs.ForEach(pair => pair.Write(at));
        return;
    }
    Console.WriteLine($"{Machine.Here(at).Processor}, load {Machine.LoadAverage()}");
    Console.WriteLine("| pair | by | TRE mean, voxels | 95 % | SSIM | NCC | folded | least Jacobian | seconds |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
    Ours.Run(pairs[0], 2);      // compiled, as in a service that runs
    foreach (var pair in pairs)
    {
        foreach (var threads in (int[])[1, 2])
            Row($"ours, {threads} thread{(threads > 1 ? "s" : "")}", Ours.Run(pair, threads));
        foreach (var peer in Directory.GetFiles(at, $"{pair.Name}-*.seconds").Order(StringComparer.Ordinal))
            Row(Path.GetFileNameWithoutExtension(peer)[(pair.Name.Length + 1)..], Peer.Read(peer));

        void Row(string by, (DisplacementField3D Field, double Seconds, string Note) found) =>
            Console.WriteLine($"| {pair.Name} | {by} | {Scores.Of(pair, found.Field, found.Seconds).Cells} |{found.Note}");
    }
    Console.WriteLine();
    Kernels.Print();
});
return root.Parse(args).Invoke();
