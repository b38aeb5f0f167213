namespace Gateway.TranslationWorker;

/// <summary>What one round of sending a series to a destination leaves to be done.</summary>
/// <param name="NextIn">How long to wait before what is left is sent again; null: nothing is left.</param>
/// <param name="CommitmentIsDue">The destination is to be asked to keep safe what it took.</param>
public sealed record DeliveryRound(TimeSpan? NextIn, bool CommitmentIsDue)
{
    public static DeliveryRound Done { get; } = new(NextIn: null, CommitmentIsDue: false);
}
