namespace Gateway.RealVolumes;

/// <summary>What became of one series.</summary>
/// <param name="Outcome"><c>translated, held</c> or <c>ineligible</c>.</param>
/// <param name="Why">Codes and sentences; empty where it was translated.</param>
/// <param name="Figures">NCC before and after, and the gate's score; empty where it never came to that.</param>
internal sealed record Judged(NamedSeries Series, string Modality, int Slices, string Outcome, string Why, string Figures);
