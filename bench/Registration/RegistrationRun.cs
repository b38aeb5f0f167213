namespace Gateway.RegistrationBench;

/// <summary>Every program on every pair.</summary>
internal sealed class RegistrationRun(Checkout checkout, string folder)
{
    private const int Phantoms = 20;

    /// <summary>Leaves checkerboards beside the pairs.</summary>
    public bool Pictures { get; init; }

    public async Task<RegistrationResult> RunAsync(IReadOnlyList<string> programs, CancellationToken cancel)
    {
        var (started, load) = (TimeProvider.System.GetUtcNow(), Machine.LoadAverage());
        var source = new Pairs(checkout, Phantoms);
        var pairs = source.All().ToList();
        var peers = new PeerPrograms(checkout, folder);
        await peers.RunAsync(pairs, programs, cancel);

        Ours[] ours = [new("gateway, full", DeformableOptions.Full), new("gateway, fast", DeformableOptions.Fast)];
        foreach (var preset in ours)
            preset.Register(pairs[0]);    // the first is compiled while it runs
        var scores = new List<PairScores>();
        foreach (var preset in ours)
            scores.AddRange(pairs.Select((pair, i) => Scored(preset.Name, pair, i, preset.Register(pair))));
        foreach (var program in PeerPrograms.All)
            for (var i = 0; i < pairs.Count; i++)
                if (peers.Found(i, program) is { } found)
                    scores.Add(Scored(program, pairs[i], i, found));
        return new()
        {
            StartedAt = started,
            Machine = Machine.Here(folder),
            Load = (load, Machine.LoadAverage()),
            Scores = scores,
            Stages = ours.ToDictionary(preset => preset.Name, preset => preset.Stages),
            RoundTrips = [.. RoundTripLoss.All(source)],
            Translations = [.. TranslationLoss.All(checkout, source)],
            Kernels = KernelCosts.Measure(pairs[0].Fixed),
        };
    }

    private PairScores Scored(string program, Pair pair, int number, FoundMap found)
    {
        if (Pictures)
            PngFile.WriteGrey(
                Path.Combine(folder, $"{number:00}-{program.Replace(", ", "-", StringComparison.Ordinal)}.png"),
                Checkerboard.Of(pair, found));
        return PairScores.Of(program, pair, found);
    }
}
