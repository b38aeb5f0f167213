namespace Gateway.Portal;

/// <summary>A derived series that a model made.</summary>
public sealed record MadeSeries(Guid Id, Guid StudyId, DateTimeOffset At);
