namespace Gateway.Persistence;

/// <summary>Which of the failures that nobody has replayed yet; what is null does not matter.</summary>
public sealed record ReplayFilter
{
    /// <summary>One failure.</summary>
    public Guid? Failure { get; init; }

    /// <summary>Failures of one study and of its series.</summary>
    public Guid? Study { get; init; }

    /// <summary>Failures of one message by its short name, e.g. <c>TranslateSeries</c>, <c>DeliverSeries</c>.</summary>
    public string? Stage { get; init; }

    /// <summary>Failures at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Failures before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Failures of deliveries to one destination.</summary>
    public string? Destination { get; init; }

    /// <summary>Nothing is asked for: all failures would be meant, and nobody means that by leaving all out.</summary>
    public bool IsEmpty => this == new ReplayFilter();
}
