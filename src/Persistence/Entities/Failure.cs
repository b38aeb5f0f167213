namespace Gateway.Persistence;

/// <summary>Work that was given up on: parked where an operator sees it and can replay it.</summary>
public sealed class Failure
{
    public required Guid Id { get; init; }
    public required string MessageType { get; init; }
    public required string Body { get; init; }
    public Guid? SeriesId { get; init; }
    public Guid? StudyId { get; init; }
    public required string Code { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReplayedAt { get; set; }
}
