namespace Gateway.Persistence;

/// <summary>What a reader said of a derived series. Never changed, never deleted: of several decisions the last counts.</summary>
public sealed class ReaderVerdict
{
    public const int LongestBy = Release.LongestBy;
    public const int LongestWhy = Release.LongestWhy;

    /// <summary>Title code of a rejection for reasons of quality (PS3.16 CID 7010).</summary>
    public const string Quality = "113001";

    /// <summary>Title code of a rejection for reasons of patient safety.</summary>
    public const string Safety = "113037";

    public required Guid Id { get; init; }

    /// <summary>The derived series.</summary>
    public required Guid SeriesId { get; init; }

    public required VerdictKind Kind { get; init; }

    /// <summary>Later than every verdict on the series before it (<see cref="ReaderJudgement"/>).</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>Who: as the proxy authenticated, as the person typed, or as a received note names its observer.</summary>
    public required string By { get; init; }

    /// <summary>Why, in the reader's words: they stay in the database and on the page, unless the site has FHIR carry free text.</summary>
    public required string Why { get; init; }

    /// <summary>Of a rejection: the title of the notes that archives are sent (PS3.16 CID 7010); else null.</summary>
    public string? Title { get; init; }

    /// <summary>SOP Instance UID of the received note or report that says so; null for what was said here.</summary>
    public string? NoteUid { get; init; }

    /// <summary>Put aside by a reader, and nobody accepted it since.</summary>
    public static bool IsRejected(Series result) => Counting(result.Verdicts)?.Kind == VerdictKind.Rejected;

    /// <summary>The one that counts: the last that is no comment; null where nobody has decided.</summary>
    /// <param name="all">Of one series.</param>
    public static ReaderVerdict? Counting(IEnumerable<ReaderVerdict> all) =>
        all.Where(verdict => verdict.Kind != VerdictKind.Commented).MaxBy(verdict => verdict.At);
}
