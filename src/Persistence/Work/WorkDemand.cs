namespace Gateway.Persistence;

/// <summary>Who asks for a piece of work.</summary>
/// <param name="Work">Which, by <see cref="WorkLeases.IdOf"/>.</param>
/// <param name="Consumer">The queue.</param>
/// <param name="MessageId">The message in hand.</param>
public sealed record WorkDemand(Guid Work, string Consumer, Guid MessageId)
{
    /// <summary>Whether a lease that still runs is not waited for: its holder is gone, or the broker took the message from him. The token
    /// keeps him from saving if he comes back.</summary>
    public Func<WorkLease, bool> IsOver { get; init; } = _ => false;
}
