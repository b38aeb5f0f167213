namespace Gateway.Portal;

/// <summary>Names of our enumerations as the API and the page write them: the lower-case words of design.md.</summary>
internal static class Words
{
    public static string Word(this Enum value) => value.ToString().ToLowerInvariant();
}
