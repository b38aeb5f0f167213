namespace Gateway.Persistence;

/// <summary>One reason to look, or to retrain.</summary>
/// <param name="Level">What it asks for.</param>
/// <param name="Text">For people; it names figures, AE titles and codes.</param>
/// <param name="Measure">The figure that has shifted; null where it is none.</param>
/// <param name="CallingAe">Whose series are the most unlike; null where no single sender's are.</param>
/// <param name="Value">What was found.</param>
/// <param name="Limit">What it reached.</param>
public sealed record DriftReason(DriftLevel Level, string Text, string? Measure, string? CallingAe, double Value, double Limit);
