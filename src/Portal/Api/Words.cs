namespace Gateway.Portal;

/// <summary>Names of our enumerations as the API and the page write them: the lower-case words of docs/architecture.md,
/// "Words for states".</summary>
internal static class Words
{
    public static string Word(this Enum value) => value.ToString().ToLowerInvariant();
}
