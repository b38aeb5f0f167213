namespace Gateway.Persistence;

/// <summary>One failure that was asked for, and what came of it.</summary>
/// <param name="FailureId">The failure.</param>
/// <param name="Stage">Short name of its message.</param>
/// <param name="SeriesId">The series it worked on, where it was one.</param>
/// <param name="Result">What came of it.</param>
public sealed record ReplayedFailure(Guid FailureId, string Stage, Guid? SeriesId, ReplayResult Result);
