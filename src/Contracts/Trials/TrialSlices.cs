namespace Gateway.Contracts.Trials;

/// <summary>How many slices of one modality a trial had.</summary>
/// <param name="Set"><c>phantoms</c> or <c>test subjects</c>.</param>
/// <param name="Modality">Such as <c>t2</c>.</param>
/// <param name="Subjects">People, or phantoms.</param>
/// <param name="Slices">At least as many.</param>
public sealed record TrialSlices(string Set, string Modality, int Subjects, int Slices);
