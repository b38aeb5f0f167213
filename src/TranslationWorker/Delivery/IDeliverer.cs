namespace Gateway.TranslationWorker;

/// <summary>A protocol for the delivery of derived series. It has its own options, codes and connections; its caller sees only
/// verdicts.</summary>
public interface IDeliverer
{
    /// <summary>What <see cref="Destination.Protocol"/> calls it.</summary>
    string Protocol { get; }

    /// <summary>Sends at least one instance to a destination, with the bytes as they are stored.</summary>
    /// <returns>A verdict on each, as it becomes known, in any order. A destination that cannot be reached
    /// is a verdict, not an exception; an
    /// instance without a verdict is sent again later.</returns>
    IAsyncEnumerable<DeliveryVerdict> DeliverAsync(
        Destination destination, IReadOnlyList<OutgoingInstance> instances, CancellationToken cancel);

    /// <summary>Asks a destination whether it has what a result was made from (<see cref="Destination.SourceFirst"/>).</summary>
    /// <returns>A destination that cannot be reached is an answer, not an exception.</returns>
    Task<SourceAnswer> AskForSourceAsync(Destination destination, SourceQuestion question, CancellationToken cancel) =>
        Task.FromResult(new SourceAnswer(IsThere: null, Text: "The destination's protocol knows no query."));

    /// <summary>Whether who called by this AE title is the destination.</summary>
    bool IsCaller(Destination destination, string callingAe) => false;

    /// <summary>A transaction UID for asking the destination to keep safe what it took; null when it is not asked.</summary>
    string? NewCommitment(Destination destination) => null;

    /// <summary>Asks a destination to keep safe what it took.</summary>
    /// <param name="destination">One that was sent these instances.</param>
    /// <param name="transactionUid">Made by <see cref="NewCommitment"/> when they were delivered.</param>
    /// <param name="instances">What is to be kept.</param>
    Task<CommitmentAnswer> AskToCommitAsync(
        Destination destination, string transactionUid, IReadOnlyList<OutgoingInstance> instances, CancellationToken cancel) =>
        Task.FromResult(new CommitmentAnswer(IsAsked: false, "The destination's protocol knows no commitment."));
}
