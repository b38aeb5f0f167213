using Gateway.Contracts.Reasons;

namespace Gateway.Gates;

/// <summary>CT heads with and without contrast in their pixels against the limit of the aspect that sees it.</summary>
internal sealed class ContrastRun(Reference reference, ArchiveLimits limits)
{
    private const ulong FirstNative = 930_000;
    private const ulong FirstContrast = 940_000;

    private static readonly PhantomFindings Worst = new() { Calcified = true, AcuteBlood = true };
    private static readonly float[] Brightness = [120, 150, 180, 250, 350];

    private static readonly ContrastVariant[] Native =
    [
        new("healthy", null),
        new("calcified", new() { Calcified = true }),
        new("acute blood", new() { AcuteBlood = true }),
        new("both", Worst),
        new("both, noise of 15 HU more", Worst, Noise: 15),
        new("both, slices of 3 mm", Worst, Millimetres: 3),
        new("both, slices of 8 mm", Worst, Millimetres: 8),
    ];

    private static readonly ContrastVariant[] Enhanced =
    [
        new("all", new()),
        new("all, noise of 15 HU more", new(), Noise: 15),
        new("all, slices of 3 mm", new(), Millimetres: 3),
        new("all, slices of 8 mm", new(), Millimetres: 8),
        new("all, 0.7 of the usual calibre", new() { Calibre = 0.7f }),
        new("all, and a tumour that enhances", new() { Tumour = true }),
        new("arteries", new() { Vessels = PhantomVessels.Base | PhantomVessels.Branches }),
        new("veins and sinuses", new() { Vessels = PhantomVessels.DeepVeins | PhantomVessels.Sinuses }),
        new("circle of Willis", new() { Vessels = PhantomVessels.Base }),
    ];

    /// <summary>Two tables in Markdown.</summary>
    /// <param name="heads">Heads of every row and brightness; twice as many of every row of native ones.</param>
    public IEnumerable<string> Tables(int heads)
    {
        var native = Array.ConvertAll(Native, variant => Measure(2 * heads, FirstNative, variant));
        var all = native.SelectMany(row => row).ToArray();
        yield return $"Native heads: false stops by `{ReasonCode.ContrastInPixels}` alone.";
        yield return "";
        yield return "| CT | ml: median | most | highest score | false stops |";
        yield return "|---|---|---|---|---|";
        foreach (var (variant, row) in Native.Zip(native))
        {
            var (most, score) = (row.Max(seen => seen.Millilitres), row.Max(seen => seen.Score));
            yield return FormattableString.Invariant($"| {variant.Name} | {Median(row):0.00} | {most:0.00} | {score:0.00} | {Held(row)} |");
        }
        yield return "";
        yield return $"Heads with contrast, by HU of the blood: caught of {heads}, and the median of what is seen, ml."
            + " AUROC is against all native heads above.";
        yield return "";
        yield return $"| vessels | {string.Join(" | ", Brightness.Select(hu => $"{hu:0} HU"))} | of 180 HU and more | AUROC of these |";
        yield return $"|---|{string.Concat(Brightness.Select(_ => "---|"))}---|---|";
        foreach (var variant in Enhanced)
        {
            var row = Array.ConvertAll(Brightness, hu => Measure(heads, FirstContrast, variant.With(hu)));
            var bright = row.Where((_, i) => Brightness[i] >= 180).SelectMany(seen => seen).ToArray();
            var cells = row.Select(seen => FormattableString.Invariant($"{seen.Count(s => s.Score > 1)} ({Median(seen):0.0})"));
            yield return $"| {variant.Name} | {string.Join(" | ", cells)} | {Held(bright)} | {Auroc.Of(Scores(all), Scores(bright))} |";
        }
    }

    private static double[] Scores((double Millilitres, double Score)[] seen) => Array.ConvertAll(seen, s => s.Score);

    private static double Median((double Millilitres, double Score)[] seen) =>
        seen.Select(s => s.Millilitres).Order().ElementAt(seen.Length / 2);

    private static Proportion Held((double Millilitres, double Score)[] seen) => new(seen.Count(s => s.Score > 1), seen.Length);

    private (double Millilitres, double Score)[] Measure(int heads, ulong first, ContrastVariant variant) =>
        [.. Enumerable.Range(0, heads).AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount).Select(i =>
        {
            var prepared = Preprocessor.Prepare(variant.Scan(first + (ulong)i, reference.Profile), reference, reference.Window);
            var features = new GateMeter(reference).Measure(prepared);
            var verdict = OutOfDistribution.Judge(features, limits);
            return (features.Volume!.EnhancedMillilitres!.Value, verdict.Exceedances[ReasonCode.ContrastInPixels.Name]);
        })];
}
