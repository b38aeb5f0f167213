using Gateway.Contracts.Reasons;

namespace Gateway.Persistence;

/// <summary>A person's decision that a held series is translated in spite of the gates. Never changed, never deleted.</summary>
public sealed class Release
{
    public const int LongestBy = 64;
    public const int LongestWhy = 500;

    public required Guid Id { get; init; }
    public required Guid SeriesId { get; init; }

    /// <summary>The revision of the series that the person looked at. Late images make a new one, which the gates judge again.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who released it: the name that the proxy authenticated, or the name that the person typed on this machine.</summary>
    public required string By { get; init; }

    /// <summary>Why, in the person's words. Kept in the database and shown on the page, and nowhere else.</summary>
    public required string Why { get; init; }

    /// <summary>The reasons of the gates at that time. A reason that is not among these holds the series again.</summary>
    public List<Reason> Reasons { get; init; } = [];
}
