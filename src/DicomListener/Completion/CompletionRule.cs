namespace Gateway.DicomListener;

/// <summary>When a study counts as complete (docs/architecture.md, "The flow", 2).</summary>
internal static class CompletionRule
{
    public const string ReleasedQuiet = "released-quiet";
    public const string AbortedQuiet = "aborted-quiet";
    public const string ExpectedCount = "expected-count";
    public const string IdleForced = "idle-forced";

    /// <summary>A STOW-RS request that brought it has ended, and no other came.</summary>
    public const string StowRequest = "stow-request";

    /// <summary>When the study is complete if nothing more happens, and by which rule.</summary>
    public static (DateTimeOffset At, string Rule) Next(CompletionEvidence evidence, CompletionOptions quiet)
    {
        if (!evidence.AnyOpen && evidence.AllCame)
            return (evidence.LastImageAt, ExpectedCount);
        var forcedAt = evidence.LastImageAt + quiet.IdleForced;
        if (evidence.AnyOpen || evidence.LastClosedAt is not { } closed)
            return (forcedAt, IdleForced);
        var quietAt = Later(closed, evidence.LastImageAt) + quiet.ReleasedQuiet;
        var givenUpAt = evidence.LostSenderAt + quiet.AbortedQuiet;
        var at = givenUpAt > quietAt ? givenUpAt.Value : quietAt;
        if (at > forcedAt)
            return (forcedAt, IdleForced);
        return (at, givenUpAt is not null && (evidence.LastAborted || givenUpAt > quietAt) ? AbortedQuiet
            : evidence.LastByRequest ? StowRequest : ReleasedQuiet);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
