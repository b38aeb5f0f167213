namespace Gateway.Imaging.Modalities;

/// <summary>What a text says of a contrast agent: given, not given, or nothing.</summary>
internal static class ContrastWords
{
    /// <returns>True: given, also where the text names a scan with and one without; false: not given; null: it is silent.</returns>
    public static bool? Of(string? text) => text is null ? null : Read.Of(text);

    private static TextMemo<bool?> Read { get; } = new(ReadText);

    private static bool? ReadText(string written)
    {
        var text = FoldedText.Of(written).Without(ContrastTerms.NoAgent);
        bool? said = null;
        for (var i = 0; i < text.Count;)
        {
            var (length, given) = Next(text, i);
            if (given == true)
                return true;
            said ??= given;
            i += length;
        }
        return said;
    }

    /// <summary>Whether the text of an agent means that there was none: <c>NONE</c>, <c>-</c>, <c>kein KM</c>, <c>0 ml</c>.</summary>
    public static bool NamesNothing(string agent)
    {
        if (Of(agent) is { } given)
            return !given;
        var text = FoldedText.Of(agent);
        var denied = text.Count == 1;
        for (var i = 0; i < text.Count - 1;)
        {
            var nothing = text.At(i, ContrastTerms.Nothing);
            var length = Math.Max(nothing, text.At(i, ContrastTerms.Filler));
            if (length == 0)
                return false;
            denied |= nothing > 0;
            i += length;
        }
        return denied;
    }

    private static (int Length, bool? Given) Next(FoldedText text, int i)
    {
        if (text.At(i, ContrastTerms.Both) is > 0 and var both)
            return (both, true);
        var (native, agent) = (text.At(i, ContrastTerms.Native), text.At(i, ContrastTerms.Agent));
        if (native > agent)
            return (native, false);
        if (agent > 0)
            return DeniedAfter(text, i + agent) is > 0 and var denied ? (agent + denied, false) : (agent, true);
        return Denial(text, i) is > 0 and var length ? (length, false) : (1, null);
    }

    /// <returns>Words of a denial that follows the agent, "agent used: none" too; 0 where none does.</returns>
    private static int DeniedAfter(FoldedText text, int start)
    {
        var i = start;
        for (; text.At(i, ContrastTerms.Denied) is var denied; i += text.At(i, ContrastTerms.Filler))
            if (denied > 0 || text.At(i, ContrastTerms.Filler) == 0)
                return denied > 0 ? i + denied - start : 0;
        return 0;
    }

    /// <returns>Words of "without", what stands between, and the agent; 0 where there are not both.</returns>
    private static int Denial(FoldedText text, int start)
    {
        var i = start + text.At(start, ContrastTerms.Without);
        if (i == start)
            return 0;
        while (text.At(i, ContrastTerms.Between) is > 0 and var between)
            i += between;
        return text.At(i, ContrastTerms.Agent) is > 0 and var agent ? i + agent - start : 0;
    }
}
