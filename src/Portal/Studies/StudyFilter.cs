namespace Gateway.Portal;

/// <summary>Which studies a list shows; null means any.</summary>
public sealed record StudyFilter(string? StudyInstanceUid, string? State)
{
    /// <summary>Reads the query parameters; what is wrong with them is in <paramref name="errors"/> by name.</summary>
    public static StudyFilter Read(IQueryCollection query, Dictionary<string, string[]> errors)
    {
        var uid = query["studyInstanceUid"].ToString() is { Length: > 0 } askedUid ? askedUid : null;
        var state = query["state"].ToString() is { Length: > 0 } askedState ? askedState : null;
        if (state is not null && !StudyWithState.Words.Contains(state))
            errors["state"] = [$"One of {string.Join(", ", StudyWithState.Words)}."];
        return new(uid, state);
    }
}
