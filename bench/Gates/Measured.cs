namespace Gateway.Gates;

/// <summary>What was measured of one series.</summary>
/// <param name="Features">Null where no slice could be chosen at all: held with the exception's code.</param>
/// <param name="RegistrationHeld">The registration's own gate holds it.</param>
/// <param name="Code">Of that exception.</param>
internal sealed record Measured(SeriesKind Kind, Modality Modality, GateFeatures? Features, bool RegistrationHeld, string Code);
