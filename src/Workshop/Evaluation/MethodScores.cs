using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>What one method made of the slices of a set.</summary>
/// <param name="Name">In the tables.</param>
/// <param name="Paired">One a slice, in the set's order.</param>
/// <param name="Findings">Of all slices.</param>
internal sealed record MethodScores(string Name, IReadOnlyList<PairedScores> Paired, IReadOnlyList<FindingScore> Findings);
