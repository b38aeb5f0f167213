using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Which studies a list shows; null means any.</summary>
public sealed record StudyFilter(string? StudyInstanceUid, WorklistState? State)
{
    private static readonly Dictionary<string, WorklistState> States = Enum.GetValues<WorklistState>().ToDictionary(state => state.Word());

    /// <summary>Every word a study's state can be.</summary>
    public static IReadOnlyCollection<string> Words => States.Keys;

    /// <summary>Reads the query parameters; what is wrong with them is in <paramref name="errors"/> by name, and not filtered by.</summary>
    public static StudyFilter Read(IQueryCollection query, Dictionary<string, string[]> errors)
    {
        var uid = query["studyInstanceUid"].ToString() is { Length: > 0 } askedUid ? askedUid : null;
        var word = query["state"].ToString();
        WorklistState? state = States.TryGetValue(word, out var known) ? known : null;
        if (word.Length > 0 && state is null)
            errors["state"] = [$"One of {string.Join(", ", Words)}."];
        return new(uid, state);
    }
}
