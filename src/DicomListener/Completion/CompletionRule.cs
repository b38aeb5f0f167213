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

    /// <summary>The rule that completes the study now; null while none does.</summary>
    public static string? Decide(CompletionEvidence evidence, CompletionOptions quiet, DateTimeOffset now)
    {
        if (!evidence.AnyOpen && evidence.AllCame)
            return ExpectedCount;
        if (!evidence.AnyOpen && evidence.LastClosedAt is { } closed)
        {
            var quietAt = Later(closed, evidence.LastImageAt) + quiet.ReleasedQuiet;
            var givenUpAt = evidence.LostSenderAt + quiet.AbortedQuiet;
            if (now >= quietAt && (givenUpAt is null || now >= givenUpAt))
                return givenUpAt is not null && (evidence.LastAborted || givenUpAt > quietAt) ? AbortedQuiet
                    : evidence.LastByRequest ? StowRequest : ReleasedQuiet;
        }

        return now - evidence.LastImageAt >= quiet.IdleForced ? IdleForced : null;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
