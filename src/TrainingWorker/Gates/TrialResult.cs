using Gateway.Contracts.Trials;

namespace Gateway.TrainingWorker.Gates;

/// <summary>What a trial hands back; both parts are kept with the models.</summary>
/// <param name="Report">Verdicts and figures.</param>
/// <param name="Sheet">PNG: the same unseen subjects by champion and candidate. Null where no picture could be made.</param>
public sealed record TrialResult(TrialReport Report, byte[]? Sheet);
