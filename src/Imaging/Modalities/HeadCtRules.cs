using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>The rules for an original CT series of the head.</summary>
public static class HeadCtRules
{
    public static IReadOnlyList<EligibilityRule> All { get; } =
    [
        h => ImageHeader.NamesHead(h.Words) ? null : ReasonCode.NotHead.Because("Neither body part nor any description names the head."),
        h => h.HasContrast ? ReasonCode.ContrastAgent.Because("A contrast agent was given; the model knows native CT only.") : null,
    ];
}
