using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>Decides whether the models were made for a series, and the direction of its translation. It uses only headers and the profiles'
/// rules; pixels are judged later, in registration (docs/architecture.md, "Words for states").</summary>
public sealed class EligibilityRules(ModalityTable modalities)
{
    /// <param name="images">One header per image, at least one; pixel data is ignored. For enhanced images, one header per frame.</param>
    public EligibilityVerdict Check(IReadOnlyList<DicomDataset> images)
    {
        if (LoopGuard.IsSynthetic(images[0]))
            return EligibilityVerdict.No(ReasonCode.Synthetic, "The series is synthetic or derived from one that is; synthetic images are never translated.");
        var headers = images.SelectMany(EnhancedImage.FrameHeaders).ToList();
        return headers.Count == 0
            ? EligibilityVerdict.No(ReasonCode.MultiFrame, "An enhanced image describes no frame.")
            : modalities.Judge(SeriesHeader.Read(headers));
    }
}
