using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>Is this series what the models were made for, and which way does it go? Headers only, by the profiles' rules; the pixels speak later, in registration (docs/architecture.md, "Words for states").</summary>
public sealed class EligibilityRules(ModalityTable modalities)
{
    /// <param name="images">One header per image, at least one; pixel data is not looked at. Enhanced images count as their frames.</param>
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
