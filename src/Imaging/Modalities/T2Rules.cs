using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>
/// The rules for a T2-weighted MR series. The physics of the header come first; words are heard where it is silent, or where it is what the
/// words would have too: a FLAIR or a diffusion series is a spin echo with a long TE and TR, and its mark is easily lost on the way. A
/// contrast agent changes a T2 too little to matter.
/// </summary>
public static class T2Rules
{
    public static IReadOnlyList<EligibilityRule> All { get; } =
    [
        h => h.Region == BodyRegion.Other
            ? ReasonCode.NotHead.Because("Body part or description names something other than the head.") : null,
        h => h.HasInversion ?? h.Sequence.Has(Terms.Inversion)
            ? ReasonCode.InversionRecovery.Because("An inversion pulse (FLAIR and its kin) makes another contrast than T2.") : null,
        h => h.HasDiffusion || h.Sequence.Has(Terms.Diffusion) ? ReasonCode.Diffusion.Because("Diffusion weighted.") : null,
        h => h.IsGradientEcho || (!IsTimedSpinEcho(h) && h.Sequence.Has(Terms.GradientEcho))
            ? ReasonCode.GradientEcho.Because("A gradient echo shows T2*, not T2.") : null,
        Weighting,
    ];

    private static bool IsTimedSpinEcho(ImageHeader h) => h is { IsSpinEcho: true, EchoTime: not null, RepetitionTime: not null };

    private static Reason? Weighting(ImageHeader h) => h switch
    {
        { EchoTime: < 70 } or { RepetitionTime: < 1500 } =>
            ReasonCode.NotT2Weighted.Because($"{Times(h)} not T2 weighting (TE at least 70, TR at least 1500)."),
        { EchoTime: not null, RepetitionTime: not null } => null,
        _ => h.Sequence.Without(Terms.GradientEcho).Has(Terms.T2)
            ? null : ReasonCode.NotT2Weighted.Because("TE or TR is absent and the description does not say T2."),
    };

    private static string Times(ImageHeader h) => h switch
    {
        { EchoTime: { } te, RepetitionTime: { } tr } => $"TE {te:0} ms and TR {tr:0} ms are",
        { EchoTime: { } te } => $"TE {te:0} ms is",
        _ => $"TR {h.RepetitionTime:0} ms is",
    };
}
