namespace Gateway.Persistence;

/// <summary>Long work that somebody has in hand, or had when he died. It goes with the commit of its result, and when the work is given
/// back or given up on.</summary>
public sealed class WorkLease
{
    /// <summary>Of the work, whichever message asks for it (<see cref="WorkLeases.IdOf"/>).</summary>
    public required Guid Id { get; init; }

    /// <summary>The queue.</summary>
    public required string Consumer { get; init; }

    /// <summary>The message in hand.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Fencing token: another one with every claim. Whoever saves a result names the token of his claim, and an older one saves
    /// nothing.</summary>
    public required Guid Token { get; init; }

    /// <summary>The process that claimed it.</summary>
    public required Guid Holder { get; init; }

    /// <summary>Claims that no end followed, the last one included: written before the work, so that work which kills its process is
    /// counted.</summary>
    public required int Starts { get; init; }

    /// <summary>When the last claim was made.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when it holds unless it is renewed; by the clock of <see cref="DatabaseClock"/>.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }
}
