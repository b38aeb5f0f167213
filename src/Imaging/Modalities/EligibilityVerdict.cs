using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>The result of the header rules for a series: a direction, or the reasons why there is none.</summary>
public sealed record EligibilityVerdict(Direction? Direction, IReadOnlyList<Reason> Reasons)
{
    public static EligibilityVerdict No(ReasonCode code, string text) => new(null, [code.Because(text)]);

    public bool IsEligible => Direction is not null;
}
