namespace Gateway.Gates;

/// <summary>Renders, corrupts and measures; limits are learned from heads that are in no other set.</summary>
internal sealed class GateRun(IReadOnlyList<Reference> references)
{
    private const ulong FirstTraining = 900_000;
    private const ulong FirstGood = 910_000;
    private const ulong FirstBad = 920_000;

    private static readonly SeriesKind[] Bad = [.. Enum.GetValues<SeriesKind>().Where(kind => kind != SeriesKind.Good)];

    /// <summary>By modality.</summary>
    public IReadOnlyDictionary<Modality, ArchiveLimits> Learn(int heads)
    {
        var samples = Over(heads, i => Samples(i, null)).ToLookup(found => found.Modality, found => found.Sample);
        var findings = Over(heads, i => Samples(heads + i, new() { Calcified = true, AcuteBlood = true }))
            .ToLookup(found => found.Modality, found => found.Sample);
        return references.ToDictionary(reference => reference.Profile.Modality, reference => LimitsBuilder.Build(
            reference, new Dictionary<string, IReadOnlyList<ArchiveSample>> { ["phantom"] = [.. samples[reference.Profile.Modality]] },
            [.. samples.SelectMany(found => found)],
            reference.Profile.IsHounsfield ? [.. findings[reference.Profile.Modality]] : []));
    }

    public IReadOnlyList<Measured> Good(int heads) => Over(heads, i => Measure(FirstGood + (ulong)i, SeriesKind.Good, i));

    /// <summary>Every kind of corruption of as many heads, each of its own.</summary>
    public IReadOnlyList<Measured> Corrupted(int heads) =>
        Over(heads * Bad.Length, i => Measure(FirstBad + (ulong)i, Bad[i % Bad.Length], i / Bad.Length));

    private IEnumerable<(Modality Modality, ArchiveSample Sample)> Samples(int number, PhantomFindings? findings)
    {
        var slices = HeadScan.Render(FirstTraining + (ulong)number, findings);
        return from reference in references
               let volume = Corruption.Make(slices, SeriesKind.Good, reference.Profile, number)
               from sample in new ArchiveSamples(reference, reference.Window).Of($"{number}", volume)
               select (reference.Profile.Modality, sample);
    }

    private IEnumerable<Measured> Measure(ulong seed, SeriesKind kind, int number)
    {
        var slices = HeadScan.Render(seed);
        foreach (var reference in references)
            yield return Measure(Corruption.Make(slices, kind, reference.Profile, number), reference, kind);
    }

    private static Measured Measure(Volume volume, Reference reference, SeriesKind kind)
    {
        try
        {
            var prepared = Preprocessor.Prepare(volume, reference, reference.Window);
            return new(
                kind, reference.Profile.Modality, new GateMeter(reference).Measure(prepared, prepared.Choice!.Head),
                prepared.Reasons.Count > 0, "");
        }
        catch (VolumeException e)
        {
            return new(kind, reference.Profile.Modality, null, true, e.Reason.Code);
        }
    }

    private static T[] Over<T>(int count, Func<int, IEnumerable<T>> make)
    {
        var done = 0;
        return [.. Enumerable.Range(0, count).AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount).SelectMany(i =>
        {
            var made = make(i).ToArray();
            Console.Error.Write($"\r{Interlocked.Increment(ref done)}/{count} ");
            return made;
        })];
    }
}
