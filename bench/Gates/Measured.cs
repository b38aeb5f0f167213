namespace Gateway.Gates;

/// <summary>What was measured of one series.</summary>
/// <param name="Head">The subject.</param>
/// <param name="Source">Digital, painted or real.</param>
/// <param name="Kind">Good, or what was done to it.</param>
/// <param name="Variant">Of good ones.</param>
/// <param name="Modality">What it was taken for.</param>
/// <param name="Features">Null where no slice could be chosen at all.</param>
/// <param name="Held">Codes of the registration's own gate, or of the exception.</param>
internal sealed record Measured(
    string Head, string Source, SeriesKind Kind, string Variant, Modality Modality, GateFeatures? Features, IReadOnlyList<string> Held);
