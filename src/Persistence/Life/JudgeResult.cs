namespace Gateway.Persistence;

/// <summary>What came of a reader's verdict.</summary>
public enum JudgeResult
{
    Recorded,

    /// <summary>The same was said before; nothing is added.</summary>
    Already,

    /// <summary>There is no such derived series.</summary>
    NoSuchResult,

    /// <summary>It does not count any more: another result took its place, or its source is judged anew.</summary>
    TookItsPlace,
}
