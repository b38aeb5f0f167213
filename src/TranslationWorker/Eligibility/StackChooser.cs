using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Stacks;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>
/// Splits a series into stacks, judges each and chooses: of several eligible ones a soft kernel before a sharp one, then the one with
/// most slices, then the earliest. Decision and translation both ask here: the same images give the same stack.
/// </summary>
public sealed class StackChooser(EligibilityRules rules)
{
    /// <param name="sources">Every image of the series, without conflicting copies.</param>
    /// <exception cref="DicomException">An image cannot be parsed.</exception>
    public StackChoice Choose(IReadOnlyList<SourceInstance> sources)
    {
        var headers = sources.Select(source => source.Header()).ToList();
        // Then no stack of the series can be trusted.
        if (headers.Count == 0 || headers.Exists(LoopGuard.IsSynthetic) || Patients(headers) > 1)
            return new(rules.Check(headers));
        var judged = Judge(StackImage.Of(headers), sources);
        if (judged is [var only])
            return new(only.Verdict) { Sources = only.Verdict.IsEligible ? sources : [] };
        return Best(judged.Where(stack => stack.Verdict.IsEligible)) is { } best
            ? Chosen(best, judged, sources)
            : new(new EligibilityVerdict(null, StackReasons.OfRefused(judged)));
    }

    /// <summary>The stack to translate where the direction is decided: of one stack nothing is asked again.</summary>
    /// <exception cref="VolumeException"><c>no-stack</c>.</exception>
    /// <inheritdoc cref="Choose(IReadOnlyList{SourceInstance})"/>
    public StackChoice Choose(IReadOnlyList<SourceInstance> sources, Direction direction)
    {
        var images = StackImage.Of([.. sources.Select(source => source.Header())]);
        if (StackSplit.Of(images).Count < 2)
            return new(new EligibilityVerdict(direction, [])) { Sources = sources };
        var judged = Judge(images, sources);
        return Best(judged.Where(stack => stack.Verdict.Direction == direction)) is { } best
            ? Chosen(best, judged, sources)
            : throw new VolumeException(
                ReasonCode.NoStack, $"None of the {judged.Count} stacks of the series can be translated {direction}.");
    }

    private static int Patients(IEnumerable<DicomDataset> headers) =>
        headers.Select(header => header.GetSingleValueOrDefault(DicomTag.PatientID, "").Trim()).Where(id => id.Length > 0)
            .Distinct().Count();

    private List<JudgedStack> Judge(IReadOnlyList<StackImage> images, IReadOnlyList<SourceInstance> sources)
    {
        var diffusion = images.Any(image => image.Header.TryGetSingleValue<double>(DicomTag.DiffusionBValue, out var b) && b > 0);
        return [.. StackSplit.Of(images).Select(stack => new JudgedStack(stack, Judge(stack, sources, diffusion)))];
    }

    private EligibilityVerdict Judge(ImageStack stack, IReadOnlyList<SourceInstance> sources, bool diffusion)
    {
        if (stack.Images.Any(image => sources[image.Source].PixelDataShort))
            return EligibilityVerdict.No(ReasonCode.PixelDataShort, "An image holds less pixel data than its header says.");
        var verdict = rules.Check([.. stack.Images.Select(image => image.Header)]);
        return diffusion && verdict.IsEligible
            ? EligibilityVerdict.No(ReasonCode.Diffusion, "It lies among diffusion weighted images: the one they are compared with.")
            : verdict;
    }

    /// <summary>They come with the earliest first.</summary>
    private static JudgedStack? Best(IEnumerable<JudgedStack> eligible) =>
        eligible.OrderBy(stack => stack.Stack.IsSharp).ThenByDescending(stack => stack.Stack.Places).FirstOrDefault();

    private static StackChoice Chosen(
        JudgedStack best, IReadOnlyList<JudgedStack> judged, IReadOnlyList<SourceInstance> sources) => new(best.Verdict)
        {
            Sources = [
            .. best.Stack.Images.GroupBy(image => image.Source).Select(used => sources[used.Key] with { Frames = Frames(used, judged) })],
            Words = best.Stack.Name,
            SetAside = StackReasons.OfSetAside(judged.Where(other => other != best)),
        };

    /// <summary>Null where all frames of the image are used.</summary>
    private static IReadOnlyList<int>? Frames(IGrouping<int, StackImage> used, IReadOnlyList<JudgedStack> judged)
    {
        var all = judged.Sum(other => other.Stack.Images.Count(image => image.Source == used.Key));
        return used.Count() == all ? null : [.. used.Select(image => image.Frame!.Value).Order()];
    }
}
