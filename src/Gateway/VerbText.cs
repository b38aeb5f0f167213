namespace Gateway.Cli;

/// <summary>What a person writes about an act: one line that fits its column.</summary>
internal static class VerbText
{
    /// <exception cref="VerbException">Nothing is left, or it is too long.</exception>
    public static string Line(string text, int longest, string option)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length > 0 && line.Length <= longest
            ? line : throw new VerbException($"{option}: 1 to {longest} characters.", ExitCode.Usage);
    }
}
