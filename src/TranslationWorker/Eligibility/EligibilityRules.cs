using System.Text.RegularExpressions;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>Is this series what the models were made for? Header rules only; the pixels speak later, in registration (docs/architecture.md, "Words for states").</summary>
public static partial class EligibilityRules
{
    public const int MinimumSlices = 8;
    public const double MaximumTilt = 30;

    /// <param name="images">One header per image, at least one; pixel data is not looked at. Enhanced images count as their frames.</param>
    public static EligibilityVerdict Check(IReadOnlyList<DicomDataset> images)
    {
        if (LoopGuard.IsSynthetic(images[0]))
            return EligibilityVerdict.No(ReasonCode.Synthetic, "The series is synthetic or derived from one that is; synthetic images are never translated.");
        var headers = images.SelectMany(EnhancedImage.FrameHeaders).ToList();
        if (headers.Count == 0)
            return EligibilityVerdict.No(ReasonCode.MultiFrame, "An enhanced image describes no frame.");

        var header = SeriesHeader.Read(headers);
        return header.SopClassUid switch
        {
            "1.2.840.10008.5.1.4.1.1.4" or "1.2.840.10008.5.1.4.1.1.4.1" => Verdict(TranslationDirection.T2ToCt, [.. T2(header), .. Common(header)]),
            "1.2.840.10008.5.1.4.1.1.2" or "1.2.840.10008.5.1.4.1.1.2.1" => Verdict(TranslationDirection.CtToT2, [.. HeadCt(header), .. Common(header)]),
            _ => EligibilityVerdict.No(ReasonCode.SopClassUnsupported, "Only MR and CT Image Storage, single-frame or enhanced, are translated."),
        };
    }

    private static EligibilityVerdict Verdict(TranslationDirection direction, IReadOnlyList<Reason> reasons) =>
        new(reasons.Count == 0 ? direction : null, reasons);

    private static IEnumerable<Reason> T2(SeriesHeader h)
    {
        if (h.Modality != "MR")
            yield return ReasonCode.ModalityUnsupported.Because("The SOP class is MR but Modality (0008,0060) is not.");
        if (h.BodyPart is not null && !Head().IsMatch(h.BodyPart))
            yield return ReasonCode.NotHead.Because("Body Part Examined names something other than the head.");
        if (h.HasInversion || Flair().IsMatch(h.SequenceWords))
            yield return ReasonCode.InversionRecovery.Because("An inversion pulse (FLAIR and its kin) makes another contrast than T2.");
        if (h.HasDiffusion || Diffusion().IsMatch(h.SequenceWords))
            yield return ReasonCode.Diffusion.Because("Diffusion weighted.");
        if (h.IsGradientEcho || GradientEcho().IsMatch(h.SequenceWords))
            yield return ReasonCode.GradientEcho.Because("A gradient echo shows T2*, not T2.");
        if (h is { EchoTime: { } te, RepetitionTime: { } tr })
        {
            if (te < 70 || tr < 1500)
                yield return ReasonCode.NotT2Weighted.Because($"TE {te:0} ms and TR {tr:0} ms are not T2 weighting (TE at least 70, TR at least 1500).");
        }
        else if (!T2Word().IsMatch(h.SequenceWords))
        {
            yield return ReasonCode.NotT2Weighted.Because("TE or TR is absent and the description does not say T2.");
        }
    }

    private static IEnumerable<Reason> HeadCt(SeriesHeader h)
    {
        if (h.Modality != "CT")
            yield return ReasonCode.ModalityUnsupported.Because("The SOP class is CT but Modality (0008,0060) is not.");
        if (!Head().IsMatch(h.Words))
            yield return ReasonCode.NotHead.Because("Neither body part nor any description names the head.");
        if (h.HasContrast)
            yield return ReasonCode.ContrastAgent.Because("A contrast agent was given; the model knows native CT only.");
    }

    private static IEnumerable<Reason> Common(SeriesHeader h)
    {
        if (h.IsSecondary)
            yield return ReasonCode.SecondaryImage.Because("Image Type value 2 is SECONDARY: not an acquired image.");
        if (h.Slices < MinimumSlices)
            yield return ReasonCode.TooFewSlices.Because($"{h.Slices} slices; at least {MinimumSlices} are needed.");
        if (h.Tilt is null)
            yield return ReasonCode.NoOrientation.Because("Image Orientation (Patient) is absent.");
        else if (h.Tilt > MaximumTilt)
            yield return ReasonCode.NotAxial.Because($"The slices are tilted {h.Tilt:0} degrees from axial; at most {MaximumTilt:0} are allowed.");
    }

    [GeneratedRegex("head|brain|skull|cranium")]
    private static partial Regex Head();

    [GeneratedRegex("flair|dark.?fluid|stir|tirm")]
    private static partial Regex Flair();

    [GeneratedRegex("dwi|diff|adc|trace")]
    private static partial Regex Diffusion();

    [GeneratedRegex(@"swi|t2\*|star")]
    private static partial Regex GradientEcho();

    [GeneratedRegex(@"t2(?!\*)")]
    private static partial Regex T2Word();
}
