using Gateway.Contracts.Reasons;

namespace Gateway.Persistence;

/// <summary>A person's decision that a held series is translated in spite of the gates. Never changed, never deleted.</summary>
public sealed class Release
{
    public const int LongestBy = 64;
    public const int LongestWhy = 500;

    public required Guid Id { get; init; }
    public required Guid SeriesId { get; init; }

    /// <summary>The series' revision that was looked at; late images make another, which the gates judge anew.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who: as the proxy that authenticates says, or as the person at this machine wrote.</summary>
    public required string By { get; init; }

    /// <summary>Why, in the person's words: it stays in the database and on the page.</summary>
    public required string Why { get; init; }

    /// <summary>What the gates had said; a reason that is not among these holds the series again.</summary>
    public List<Reason> Reasons { get; init; } = [];
}
