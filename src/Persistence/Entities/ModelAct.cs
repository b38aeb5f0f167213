namespace Gateway.Persistence;

/// <summary>Who did what to a model, when and why. Never changed, never deleted.</summary>
public sealed class ModelAct
{
    public const int LongestBy = Release.LongestBy;
    public const int LongestWhy = Release.LongestWhy;

    public required Guid Id { get; init; }

    /// <summary>The model's digest.</summary>
    public required string Digest { get; init; }

    public required ModelActKind Kind { get; init; }

    /// <summary>The name that the proxy authenticated, that the person typed, or of the part of the gateway that did it.</summary>
    public required string By { get; init; }

    public required string Why { get; init; }
    public required DateTimeOffset At { get; init; }
}
