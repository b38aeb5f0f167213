using System.Collections.Frozen;

namespace Gateway.Imaging.Modalities;

/// <summary>Words and phrases that mean one thing, in several languages.</summary>
public sealed class TermList
{
    private readonly FrozenSet<string> _terms;
    private readonly FrozenSet<string> _first;

    /// <param name="languages">A line a language; terms are separated by commas. Each is folded as the texts are that it is looked for in;
    /// <c>$</c> at its end: only at the end of a text.</param>
    public TermList(params string[] languages)
    {
        _terms = languages.SelectMany(line => line.Split(',')).Select(Folded).ToFrozenSet(StringComparer.Ordinal);
        _first = _terms.Select(term => term.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal);
        Longest = _terms.Max(term => term.Count(letter => letter == ' ')) + 1;
    }

    /// <summary>Words of the longest term.</summary>
    public int Longest { get; }

    public bool Contains(string term) => _terms.Contains(term);

    public bool MayBegin(string word) => _first.Contains(word);

    private static string Folded(string term)
    {
        var words = FoldedText.Of(term);
        return string.Join(' ', Enumerable.Range(0, words.Count - (term.EndsWith('$') ? 0 : 1)).Select(index => words[index]));
    }
}
