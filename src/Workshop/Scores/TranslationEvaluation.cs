using Gateway.Imaging.Grids;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Scores;

/// <summary>Scores translation methods on the slices of one set in one direction.</summary>
/// <param name="slices">At least one; all have a truth or none has.</param>
/// <param name="targetUnits">Extent of the target's range: HU for CT, 1 for T2.</param>
public sealed class TranslationEvaluation(IReadOnlyList<HeldOutSlice> slices, double targetUnits)
{
    private const float NoiseSigma = 0.02f;

    public TranslationScores Score(RoundTrip way, CancellationToken cancel = default)
    {
        var (cycle, disturbed, unchanged) = (0.0, 0.0, 0.0);
        var outputs = new List<Image>();
        foreach (var slice in slices)
        {
            cancel.ThrowIfCancellationRequested();
            var (source, made) = (Grey(slice.Source), way.There(slice.Source));
            cycle += StructuralSimilarity.Of(source, Grey(way.Back(made)));
            disturbed += StructuralSimilarity.Of(source, Grey(way.Back(Disturb(made, outputs.Count))));
            unchanged += StructuralSimilarity.Of(source, Grey(made));
            outputs.Add(made);
        }
        return new()
        {
            Method = way.Name,
            SsimCycle = cycle / slices.Count,
            SsimCycleDisturbed = disturbed / slices.Count,
            SsimInputOutput = unchanged / slices.Count,
            Retrieval = MindDescriptor.Retrieval(outputs, [.. slices.Select(slice => slice.Source)]),
            Paired = slices[0].Truth is null ? null : AgainstTruth(outputs),
        };
    }

    private PairedScores AgainstTruth(List<Image> outputs)
    {
        var scores = slices.Zip(outputs, (slice, made) => AgainstTruth(slice, Grey(made), Grey(slice.Truth!), targetUnits)).ToArray();
        return new()
        {
            Mae = scores.Average(score => score.Mae),
            Psnr = scores.Average(score => score.Psnr),
            Ssim = scores.Average(score => score.Ssim),
            SsimInside = scores.Average(score => score.SsimInside),
        };
    }

    /// <param name="slice">Its source tells where the head is.</param>
    /// <param name="made">[0, 1].</param>
    /// <param name="truth">[0, 1].</param>
    /// <param name="units">What 1 stands for in the error.</param>
    internal static PairedScores AgainstTruth(HeldOutSlice slice, Image made, Image truth, double units)
    {
        var head = PreparedHead.OfEither(slice.Source, truth);
        return new()
        {
            Mae = ImageMetrics.Mae(made, truth, head) * units,
            Psnr = ImageMetrics.Psnr(made, truth, 1, head),
            Ssim = StructuralSimilarity.Of(made, truth),
            SsimInside = StructuralSimilarity.Of(made, truth, mask: head),
        };
    }

    private static Image Grey(Image image) => image.Normalise(-1, 1);

    /// <summary>Rounds to 8 bits and adds noise, which destroys what an eye cannot see.</summary>
    internal static Image Disturb(Image image, int seed)
    {
        var result = Grey(image);
        for (var i = 0; i < result.Pixels.Length; i++)
        {
            var noise = NoiseSigma * PhantomRandom.Normal(PhantomRandom.Hash((ulong)seed << 32 | (uint)i));
            result.Pixels[i] = Math.Clamp(MathF.Round(result.Pixels[i] * 255) / 255 + noise, 0, 1) * 2 - 1;
        }
        return result;
    }
}
