using System.Text.RegularExpressions;
using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>The rules for a T2-weighted MR series: by TE and TR, or else by the words of its description.</summary>
public static partial class T2Rules
{
    public static IReadOnlyList<EligibilityRule> All { get; } =
    [
        NotOfAnotherBodyPart,
        h => h.HasInversion || Flair().IsMatch(h.SequenceWords)
            ? ReasonCode.InversionRecovery.Because("An inversion pulse (FLAIR and its kin) makes another contrast than T2.") : null,
        h => h.HasDiffusion || Diffusion().IsMatch(h.SequenceWords) ? ReasonCode.Diffusion.Because("Diffusion weighted.") : null,
        h => h.IsGradientEcho || GradientEcho().IsMatch(h.SequenceWords) ? ReasonCode.GradientEcho.Because("A gradient echo shows T2*, not T2.") : null,
        Weighting,
    ];

    private static Reason? NotOfAnotherBodyPart(ImageHeader h) => h.BodyPart is not null && !ImageHeader.NamesHead(h.BodyPart)
        ? ReasonCode.NotHead.Because("Body Part Examined names something other than the head.") : null;

    private static Reason? Weighting(ImageHeader h) => h is { EchoTime: { } te, RepetitionTime: { } tr }
        ? te < 70 || tr < 1500 ? ReasonCode.NotT2Weighted.Because($"TE {te:0} ms and TR {tr:0} ms are not T2 weighting (TE at least 70, TR at least 1500).") : null
        : T2Word().IsMatch(h.SequenceWords) ? null : ReasonCode.NotT2Weighted.Because("TE or TR is absent and the description does not say T2.");

    [GeneratedRegex("flair|dark.?fluid|stir|tirm")]
    private static partial Regex Flair();

    [GeneratedRegex("dwi|diff|adc|trace")]
    private static partial Regex Diffusion();

    [GeneratedRegex(@"swi|t2\*|star")]
    private static partial Regex GradientEcho();

    [GeneratedRegex(@"t2(?!\*)")]
    private static partial Regex T2Word();
}
