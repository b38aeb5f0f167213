using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>The rules for an original CT series of the head.</summary>
public static class HeadCtRules
{
    public static IReadOnlyList<EligibilityRule> All { get; } =
    [
        h => h.Region == BodyRegion.Unsaid ? ReasonCode.NotHead.Because("Neither body part nor any description names the head.") : null,
        h => h.Region == BodyRegion.Other
            ? ReasonCode.NotHead.Because("Body part or description names something other than the head.") : null,
        h => h.ContrastSaidBy is { } attribute
            ? ReasonCode.ContrastAgent.Because($"A contrast agent was given, says {attribute}; the model knows native CT only.") : null,
    ];
}
