using Gateway.Contracts.Reasons;
using Gateway.Imaging.Gates;
using Gateway.Imaging.Slices;

namespace Gateway.Workshop.Limits;

/// <summary>Learns the limits of the out-of-distribution gate from samples of an archive.</summary>
public static class LimitsBuilder
{
    private const int Folds = 8;

    /// <summary>Aspects that depend on contrast and source. Each kind of source has its own limits.</summary>
    private static readonly ReasonCode[] Look =
        [ReasonCode.GreyValuesUnusual, ReasonCode.TextureUnusual, ReasonCode.OutlineUnusual, ReasonCode.Ghosts];

    /// <summary>Aspects that depend on contrast but not on the source. Their limits come from every volume of a modality.</summary>
    private static readonly ReasonCode[] Fit =
        [ReasonCode.PatternUnusual, ReasonCode.TurnedRound, ReasonCode.UpsideDown, ReasonCode.HeadCutOff];

    /// <summary>The same, of one slice's brain. Not for CT: its pattern is faint, and one ill head in five has none of the
    /// reference's.</summary>
    private static readonly ReasonCode[] Brain = [ReasonCode.BrainNotRecognised];

    /// <summary>Aspects of how a head lies and how much of it is there, the same in every modality. Their limits come from every
    /// volume.</summary>
    private static readonly ReasonCode[] Place =
        [ReasonCode.HeadTilted, ReasonCode.LowerHalfMissing, ReasonCode.UpperHalfMissing, ReasonCode.SlicesJump];

    /// <summary>What native heads with calcifications and acute blood must keep to, lest these be taken for contrast.</summary>
    private static readonly ReasonCode[] Native = [ReasonCode.ContrastInPixels];

    /// <param name="reference">The reference that the modality's samples were prepared with.</param>
    /// <param name="sources">Samples of this modality by kind of source, at least three subjects each.</param>
    /// <param name="heads">Samples of both modalities.</param>
    /// <param name="findings">Samples of native heads with calcifications and acute blood; none for MR.</param>
    /// <exception cref="ArgumentException">Fewer than three subjects in one part.</exception>
    public static ArchiveLimits Build(
        Reference reference, IReadOnlyDictionary<string, IReadOnlyList<ArchiveSample>> sources, IReadOnlyList<ArchiveSample> heads,
        IReadOnlyList<ArchiveSample> findings) =>
        ArchiveLimits.Create(reference,
        [
            .. sources.Select(source => Part(source.Key, source.Value, Look, AspectLimitBuilder.Build)),
            Part(
                "volumes", Volumes(sources.Values.SelectMany(samples => samples)),
                reference.Profile.IsHounsfield ? Fit : [.. Fit, .. Brain], AspectLimitBuilder.Reach),
            Part("heads", Volumes(heads), Place, AspectLimitBuilder.Reach),
            .. findings.Count == 0
                ? [] : (ArchivePart[])[Part("findings", Volumes(findings), Native, AspectLimitBuilder.Build)],
        ]);

    /// <summary>Only volumes are judged, and a single slice tells little about pose and nothing about shape.</summary>
    private static ArchiveSample[] Volumes(IEnumerable<ArchiveSample> samples) =>
        [.. samples.Where(sample => sample.Features.Volume is not null)];

    /// <summary>For every figure, the slices of the same subject are left out of the archive that it is compared with.</summary>
    private static ArchivePart Part(
        string name, IReadOnlyList<ArchiveSample> samples, IReadOnlyList<ReasonCode> codes,
        Func<IReadOnlyList<double>, int, double, AspectLimit> limit)
    {
        var subjects = samples.Select(sample => sample.Subject).Distinct().ToArray();
        if (subjects.Length < 3)
            throw new ArgumentException($"Part {name} has fewer than three subjects.", nameof(samples));
        var figures = Enumerable.Range(0, Math.Min(Folds, subjects.Length)).SelectMany(fold => HeldOut(samples, subjects, fold))
            .ToLookup(f => f.Code, f => f.Figure);
        return new()
        {
            Name = name,
            Subjects = subjects.Length,
            Slices = samples.Count,
            Appearance = AppearanceBuilder.Build([.. samples.Select(sample => sample.Features)]),
            Limits = Aspect.All.Where(aspect => codes.Contains(aspect.Code) && figures[aspect.Code].Any())
                .ToDictionary(
                    aspect => aspect.Code.Name, aspect => limit([.. figures[aspect.Code]], subjects.Length, aspect.LeastSpread)),
        };
    }

    private static IEnumerable<(ReasonCode Code, double Figure)> HeldOut(IReadOnlyList<ArchiveSample> samples, string[] subjects, int fold)
    {
        var folds = Math.Min(Folds, subjects.Length);
        var held = subjects.Where((_, i) => i % folds == fold).ToHashSet();
        var look = AppearanceBuilder.Build([.. samples.Where(sample => !held.Contains(sample.Subject)).Select(sample => sample.Features)]);
        return from sample in samples
               where held.Contains(sample.Subject)
               from aspect in Aspect.All
               let figure = aspect.Figure(sample.Features, look)
               where figure is not null
               select (aspect.Code, figure.Value);
    }
}
