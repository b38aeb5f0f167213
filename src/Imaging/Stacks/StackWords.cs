namespace Gateway.Imaging.Stacks;

/// <summary>Tells people which stack is meant, by what is the same in all its images and not in those of the other stacks.</summary>
internal static class StackWords
{
    private const int MostCharacters = 60;

    private static readonly IReadOnlyList<StackAttribute> Told = [.. StackAttributes.Always, .. StackAttributes.Numbers];

    private static readonly IReadOnlyList<StackAttribute> ToldWhereNeeded =
        [.. StackAttributes.AtOnePlace.ExceptBy(Told.Select(attribute => attribute.Name), attribute => attribute.Name)];

    public static IReadOnlyList<string> Of(IReadOnlyList<IReadOnlyList<StackImage>> stacks)
    {
        if (stacks.Count < 2)
            return [.. stacks.Select(_ => "")];
        var said = stacks.Select(_ => new List<string>()).ToList();
        foreach (var attribute in Told)
            Tell(attribute, stacks, said);
        foreach (var attribute in ToldWhereNeeded)
            if (said.DistinctBy(parts => string.Join(", ", parts)).Count() < stacks.Count)
                Tell(attribute, stacks, said);
        var words = said.ConvertAll(parts => string.Join(", ", parts));
        return [.. words.Select((text, i) => words.Count(other => other == text) == 1 ? text
            : $"{text}{(text.Length > 0 ? ", " : "")}part {words.Take(i + 1).Count(other => other == text)} of {words.Count(other => other == text)}")];
    }

    private static void Tell(StackAttribute attribute, IReadOnlyList<IReadOnlyList<StackImage>> stacks, List<List<string>> said)
    {
        var values = stacks.Select(stack => stack.Select(attribute.Value).Distinct().Take(2).ToArray())
            .Select(found => found.Length == 1 ? found[0] : null).ToList();
        var different = values.OfType<string>().Distinct().ToList();
        if (different.Count < 2)
            return;
        for (var i = 0; i < stacks.Count; i++)
            if (values[i] is { Length: > 0 } value)
                said[i].Add(
                    Plain(attribute.Words?.Invoke(value)) ?? $"{attribute.Name} {different.IndexOf(value) + 1} of {different.Count}");
    }

    /// <summary>Kernels and image types of strangers: letters, digits and signs of ASCII, not too many.</summary>
    private static string? Plain(string? text) =>
        text is null ? null : string.Concat(text.Where(c => c is >= ' ' and <= '~').Take(MostCharacters));
}
