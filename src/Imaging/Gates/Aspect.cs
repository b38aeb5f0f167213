using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Gates;

/// <summary>One thing that can be wrong with a series, as a figure: the larger, the worse. Within an archive it is nearly normally
/// distributed.</summary>
/// <param name="Code">Code of the reason; its name is the key in limits.json.</param>
/// <param name="Text">Sentence of the reason.</param>
/// <param name="Figure">Null where a single slice has none.</param>
/// <param name="LeastSpread">A smaller standard deviation is raised to this: archives of few subjects vary too little.</param>
public sealed record Aspect(ReasonCode Code, string Text, double LeastSpread, Func<GateFeatures, Appearance, double?> Figure)
{
    public static IReadOnlyList<Aspect> All { get; } =
    [
        Of(ReasonCode.GreyValuesUnusual, "Grey values inside the head are spread unlike the archive's.", 0.1, (f, look) => Math.Log(
            0.005 + look.GreyDistance(f))),
        Of(ReasonCode.TextureUnusual, "Texture inside the head is unlike the archive's.", 0.1, (f, look) => Math.Log(
            0.1 + look.TextureDistance(f))),
        Of(ReasonCode.OutlineUnusual, "The head's outline fits the reference worse than the archive's.", 0.15, (f, _) => Math.Log(
            0.01 + 1 - f.Dice)),
        Of(ReasonCode.BrainNotRecognised, "The brain's pattern fits the reference worse than the archive's.", 0.05, (f, _) => -f.NccInside),
        Of(ReasonCode.PatternUnusual, "The head fits the mean head worse than the archive's.", 0.03, (f, _) => -f.Volume?.Fit),
        Of(
            ReasonCode.HeadCutOff, "The head is cut off, by the picture's border or within it.", 0.02,
            (f, _) => f.Volume?.Missing),
        Of(
            ReasonCode.TurnedRound, "The head fits the mean head better, or nearly so, turned front to back.", 0.02,
            (f, _) => f.Volume?.TurnedRound),
        Of(ReasonCode.UpsideDown, "The head fits the mean head better, or nearly so, upside down.", 0.02, (f, _) => f.Volume?.UpsideDown),
        Of(ReasonCode.HeadTilted, "The slices cut the head aslant.", 5, (f, _) => f.Volume?.Tilt),
        Of(ReasonCode.LowerHalfMissing, "Too little of the head lies below the reference's level.", 5, (f, _) => -f.Volume?.Below),
        Of(ReasonCode.UpperHalfMissing, "Too little of the head lies above the reference's level.", 5, (f, _) => -f.Volume?.Above),
        Of(ReasonCode.SlicesJump, "The head moves from slice to slice.", 0.9, (f, _) => Log(0.3 + f.Volume?.Jumps)),
        Of(ReasonCode.Ghosts, "The air beside the head is brighter along one axis: the head moved.", 0.1, (f, _) => f.Volume?.Ghosts),
        Of(
            ReasonCode.ContrastInPixels, "Vessels or tissue inside the skull are as bright as with a contrast agent.",
            0.15, (f, _) => Log(1 + f.Volume?.EnhancedMillilitres)),
    ];

    private static Aspect Of(ReasonCode code, string text, double leastSpread, Func<GateFeatures, Appearance, double?> figure) =>
        new(code, text, leastSpread, figure);

    private static double? Log(double? value) => value is { } v ? Math.Log(v) : null;
}
