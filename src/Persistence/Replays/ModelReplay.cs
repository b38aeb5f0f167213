namespace Gateway.Persistence;

/// <summary>What is translated anew.</summary>
/// <param name="Result">What came of the wish.</param>
/// <param name="Champion">The digest of the model that translates now; null where none does.</param>
/// <param name="Series">The received series that are translated anew.</param>
/// <param name="WentOn">How many of the model's series were left alone: their sources have later images, are held, or are in work.</param>
public sealed record ModelReplay(ModelReplayResult Result, string? Champion, IReadOnlyList<Guid> Series, int WentOn);
