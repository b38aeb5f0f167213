using System.Diagnostics;
using System.Text.Json;
using Gateway.Workshop.LabelHeads;

namespace Gateway.Gates;

/// <summary>At which level T2 and CT of the same heads are cut, by the whole volume and slice by slice.</summary>
/// <param name="references">T2 and CT.</param>
/// <param name="keep">What was measured of a head is kept here, and not measured again; null for nowhere.</param>
internal sealed class LevelRun(IReadOnlyList<Reference> references, string? keep)
{
    private const double LevelMm = 2;
    private const double SliceMm = 5.5;

    /// <summary>As Markdown.</summary>
    /// <param name="heads">Paths of label maps.</param>
    /// <param name="kept">Of those, from the end: the ones the mean head was not made from.</param>
    /// <param name="machine">Where this runs.</param>
    /// <param name="commit">What was built.</param>
    public string Report(string[] heads, int kept, Machine machine, string commit)
    {
        string[] lines =
        [
            "# Levels",
            "",
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}; {machine.Cores} cores, {machine.Processor}.",
            "",
            "Where T2 and CT of painted label-map heads are cut, each scanned in its own pose: by the slice whose pattern fits the"
                + " reference best, and by the place of the whole volume on the mean head. The true level is 2 mm above the middle of the"
                + " thalami. Within a slice: 5.5 mm apart at most.",
            "",
            .. Tables(heads, kept),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private IEnumerable<string> Tables(string[] heads, int kept)
    {
        var rows = heads.SelectMany((path, i) => Kept(path, () => Measure(path, 40_000 + 100 * i, i >= heads.Length - kept))).ToArray();
        foreach (var (title, of) in ((string, Func<Level, bool>)[])[("All heads", _ => true), ("The kept heads alone", row => row.Kept)])
        {
            yield return $"## {title}";
            yield return "";
            yield return "| scan | heads | T2 against CT, mm: by slices, mean (most) | by volume | within a slice: by slices | by volume"
                + " | from the true level: by slices | by volume |";
            yield return "|---|---|---|---|---|---|---|---|";
            foreach (var scan in rows.Where(of).GroupBy(row => row.Scan).Append(rows.Where(of).GroupBy(_ => "**all**").Single()))
                yield return Row(scan.Key, [.. scan]);
            yield return "";
        }
        yield return FormattableString.Invariant(
            $"CPU of one choice, median: by slices {Spread.Of(rows.Select(row => row.Slices.Milliseconds)).Median:0} ms,")
            + FormattableString.Invariant($" by volume {Spread.Of(rows.Select(row => row.Volume.Milliseconds)).Median:0} ms.");
    }

    private Level[] Kept(string path, Func<Level[]> measure)
    {
        var file = keep is null ? null : Path.Combine(keep, Path.GetFileName(path) + ".json");
        if (file is not null && File.Exists(file))
            return JsonSerializer.Deserialize<Level[]>(File.ReadAllBytes(file))!;
        var levels = measure();
        if (file is not null)
            File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(levels));
        return levels;
    }

    private Level[] Measure(string path, int seed, bool kept)
    {
        var scanner = new LabelScanner(path);
        Console.Error.WriteLine(scanner.Name);
        return [.. LevelScan.All.GroupBy(scan => scan.Far).SelectMany(turn =>
        {
            var scans = references.Select((reference, k) => scanner.Scan(
                LevelScan.Options(seed + 10 * (int)turn.Key + k, reference.Profile.IsHounsfield, turn.Key))).ToArray();
            return turn.Select(scan => new Level(
                scan.Name, kept, Of(scans, scan.Variant, reference => reference.With(null)),
                Of(scans, scan.Variant, reference => reference)));
        })];
    }

    private Way Of(LabelScan[] scans, string variant, Func<Reference, Reference> by)
    {
        var cpu = TimeSpan.Zero;
        var levels = references.Zip(scans, (reference, scan) =>
        {
            var volume = VolumeVariant.Good.Single(good => good.Name == variant)
                .Of(scan.Volume(reference.Profile.Modality), reference.Profile, new(1));
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var choice = new SliceChooser(by(reference)).Choose(volume);
            cpu += Process.GetCurrentProcess().TotalProcessorTime - before;
            return volume.Height(choice.Index) - scan.Middle.Z - LevelMm;
        }).ToArray();
        return new(levels, cpu.TotalMilliseconds / levels.Length);
    }

    private static string Row(string name, Level[] rows)
    {
        string Apart(Func<Level, Way> way) => FormattableString.Invariant(
            $"{rows.Average(row => way(row).Apart):0.0} ({rows.Max(row => way(row).Apart):0.0})");
        string Within(Func<Level, Way> way) => $"{new Proportion(rows.Count(row => way(row).Apart <= SliceMm), rows.Length)}";
        string Far(Func<Level, Way> way) => FormattableString.Invariant(
            $"{rows.Average(row => way(row).Levels.Average(Math.Abs)):0.0} ({rows.Max(row => way(row).Levels.Max(Math.Abs)):0.0})");
        return $"| {name} | {rows.Length} | {Apart(row => row.Slices)} | {Apart(row => row.Volume)} | {Within(row => row.Slices)}"
            + $" | {Within(row => row.Volume)} | {Far(row => row.Slices)} | {Far(row => row.Volume)} |";
    }

    private sealed record Level(string Scan, bool Kept, Way Slices, Way Volume);

    /// <param name="Levels">Of the chosen slices above the true level, mm.</param>
    /// <param name="Milliseconds">CPU of one choice.</param>
    private sealed record Way(double[] Levels, double Milliseconds)
    {
        public double Apart => Math.Abs(Levels[0] - Levels[1]);
    }
}
