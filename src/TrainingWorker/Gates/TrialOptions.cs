namespace Gateway.TrainingWorker.Gates;

/// <summary>How much evidence a trial takes. The limits are in <see cref="Contracts.Trials.TrialGateKind"/>.</summary>
public sealed record TrialOptions
{
    /// <summary>Phantom pairs, of seeds that are never trained on.</summary>
    public int Phantoms { get; init; } = 24;

    /// <summary>At most so many real slices of a modality, spread over the subjects.</summary>
    public int Real { get; init; } = 24;

    /// <summary>Fewer real subjects of a modality are shown, not judged: their interval would say nothing.</summary>
    public int LeastSubjects { get; init; } = 5;

    /// <summary>At most so many slices of a set are translated back.</summary>
    public int Cycles { get; init; } = 12;

    /// <summary>Draws of each bootstrap.</summary>
    public int Draws { get; init; } = 1000;

    public ulong Seed { get; init; } = 1;

    /// <summary>Slices worked on at a time, each on one thread.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);
}
