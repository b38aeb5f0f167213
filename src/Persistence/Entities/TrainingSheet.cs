namespace Gateway.Persistence;

/// <summary>What the networks make of held-out slices after some steps, as PNG.</summary>
public sealed class TrainingSheet
{
    public required Guid JobId { get; init; }
    public required int Step { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Sha256 { get; init; }
}
