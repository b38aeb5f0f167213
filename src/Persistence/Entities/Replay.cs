namespace Gateway.Persistence;

/// <summary>A person's decision that work which was given up on is done again. Never changed, never deleted.</summary>
public sealed class Replay
{
    public const int LongestBy = 64;
    public const int LongestWhy = 500;

    public required Guid Id { get; init; }

    /// <summary>What was given up on; when it fails again, that is another failure.</summary>
    public required Guid FailureId { get; init; }
    public Failure Failure { get; init; } = null!;

    public required DateTimeOffset At { get; init; }

    /// <summary>Who: as the proxy that authenticates says, or as the person at this machine wrote.</summary>
    public required string By { get; init; }

    /// <summary>Why, in the person's words: it stays in the database and on the page.</summary>
    public required string Why { get; init; }
}
