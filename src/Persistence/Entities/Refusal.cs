namespace Gateway.Persistence;

/// <summary>An association or an object that was turned away, and why. It shows an operator, for example, a scanner that is not on the
/// list.</summary>
public sealed class Refusal
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string CallingAe { get; init; }
    public required string CalledAe { get; init; }
    public required string RemoteAddress { get; init; }
    public required string Code { get; init; }
    public required string Text { get; init; }

    /// <summary>File name under <c>quarantine/</c> where the bytes were kept, if any came.</summary>
    public string? Quarantined { get; init; }
}
