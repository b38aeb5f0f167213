namespace Gateway.Imaging.Gates;

/// <summary>Series that share limits: a kind of source where a mixture's spread would let everything pass, or all of them where it would not.</summary>
public sealed record ArchivePart
{
    private const int Folds = 8;

    public required string Name { get; init; }

    public required int Subjects { get; init; }

    public required int Slices { get; init; }

    public required Appearance Appearance { get; init; }

    /// <summary>By reason code; aspects that this part's slices do not have are absent.</summary>
    public required IReadOnlyDictionary<string, AspectLimit> Limits { get; init; }

    /// <summary>Every figure is taken with the subject's own slices left out of what it is compared with.</summary>
    /// <param name="name">Stands in limits.json.</param>
    /// <param name="samples">Of at least three subjects.</param>
    /// <param name="codes">Aspects to learn.</param>
    /// <exception cref="ArgumentException">Fewer than three subjects.</exception>
    internal static ArchivePart Learn(string name, IReadOnlyList<ArchiveSample> samples, IReadOnlyList<string> codes)
    {
        var subjects = samples.Select(sample => sample.Subject).Distinct().ToArray();
        if (subjects.Length < 3)
            throw new ArgumentException($"Part {name} has fewer than three subjects.", nameof(samples));
        var figures = Enumerable.Range(0, Math.Min(Folds, subjects.Length)).SelectMany(fold => HeldOut(samples, subjects, fold)).ToLookup(f => f.Code, f => f.Figure);
        return new()
        {
            Name = name,
            Subjects = subjects.Length,
            Slices = samples.Count,
            Appearance = Appearance.Learn([.. samples.Select(sample => sample.Features)]),
            Limits = Aspect.All.Where(aspect => codes.Contains(aspect.Code) && figures[aspect.Code].Any())
                .ToDictionary(aspect => aspect.Code, aspect => AspectLimit.Learn([.. figures[aspect.Code]], subjects.Length, aspect.LeastSpread)),
        };
    }

    private static IEnumerable<(string Code, double Figure)> HeldOut(IReadOnlyList<ArchiveSample> samples, string[] subjects, int fold)
    {
        var folds = Math.Min(Folds, subjects.Length);
        var held = subjects.Where((_, i) => i % folds == fold).ToHashSet();
        var look = Appearance.Learn([.. samples.Where(sample => !held.Contains(sample.Subject)).Select(sample => sample.Features)]);
        return from sample in samples
               where held.Contains(sample.Subject)
               from aspect in Aspect.All
               let figure = aspect.Figure(sample.Features, look)
               where figure is not null
               select (aspect.Code, figure.Value);
    }
}
