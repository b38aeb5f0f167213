namespace Gateway.TranslationWorker;

/// <summary>The answer of a destination that was asked to keep instances safe. An instance in neither list is reported later.</summary>
/// <param name="IsAsked">False: it could not be asked now.</param>
/// <param name="Text">The destination's own words, or why it was not asked.</param>
public sealed record CommitmentAnswer(bool IsAsked, string? Text)
{
    /// <summary>The protocol's code where it refused the request itself, as one that does not offer commitment does: what it keeps is not
    /// known then.</summary>
    public int? Denied { get; init; }

    /// <summary>SOP Instance UIDs of what it keeps.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>();

    /// <summary>SOP Instance UIDs of what it does not keep, with the protocol's code for the reason.</summary>
    public IReadOnlyDictionary<string, int> Refused { get; init; } = new Dictionary<string, int>();
}
