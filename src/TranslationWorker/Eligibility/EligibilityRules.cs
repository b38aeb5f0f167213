using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>Decides whether the models were made for a series, and the direction of its translation. It uses only headers and the profiles'
/// rules; pixels are judged later, in registration (docs/architecture.md, "Words for states").</summary>
public sealed class EligibilityRules(ModalityTable modalities)
{
    /// <param name="images">One header per image, in any order; pixel data is ignored. For enhanced images, one header per frame.</param>
    public EligibilityVerdict Check(IReadOnlyList<DicomDataset> images)
    {
        if (images.Count == 0)
            return EligibilityVerdict.No(ReasonCode.NoSlices, "The series holds no image.");
        var synthetic = images.Count(LoopGuard.IsSynthetic);
        if (synthetic > 0)
            return new(null, [synthetic == images.Count ? Synthetic : Synthetic.OfSome(synthetic, images.Count)]);
        var frames = images.Select(EnhancedImage.FrameHeaders).ToList();
        return frames.Exists(described => described.Count == 0)
            ? EligibilityVerdict.No(ReasonCode.MultiFrame, "An enhanced image describes no frame.")
            : modalities.Judge(SeriesHeader.Read([.. frames.SelectMany(described => described)]));
    }

    private static Reason Synthetic { get; } =
        ReasonCode.Synthetic.Because("The series is synthetic or derived from one that is; synthetic images are never translated.");
}
