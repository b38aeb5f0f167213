using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Imaging.Modalities;

/// <summary>The words of a text that people typed, so that they compare: lower case, no diacritics, and the two ways of writing an umlaut
/// are one (<c>Schädel</c>, <c>SCHAEDEL</c> and <c>Schadel</c> are <c>schadel</c>).</summary>
/// <remarks>
/// A word ends at whatever is no letter or digit, where a digit is followed by a letter (<c>T2w</c>, but <c>3D</c> is one), and where a
/// small letter is followed by a capital (<c>HeadSeq</c>). Chinese, Japanese and Korean know no such borders: each character is a word,
/// and a term of several is found wherever they follow each other. <c>*</c> after a word is the word <c>star</c>; <c>+</c> is
/// <c>plus</c>; a <c>-</c> that joins no two words is <c>minus</c>.
/// </remarks>
public sealed partial class FoldedText
{
    /// <summary>What ends a text, for terms that must end it.</summary>
    private const string End = "$";

    /// <summary>The process runs without ICU, which decomposes nothing then.</summary>
    private static readonly FrozenDictionary<char, string> Letters = (
        "àa áa âa ãa äa åa āa ăa ąa æa çc ćc čc ďd đd ðd èe ée êe ëe ēe ėe ęe ěe ğg ìi íi îi İi ïi īi įi ıi łl ľl ñn ńn ňn "
        + "òo óo ôo õo öo øo ōo őo œo ŕr řr śs şs šs ßss ťt ţt ùu úu ûu üu ūu ůu űu ýy ÿy źz żz žz ёе йи їі")
        .Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[1..]);

    private readonly string[] _words;

    private FoldedText(string[] words) => _words = words;

    public int Count => _words.Length;

    public string this[int index] => _words[index];

    /// <param name="texts">In any language; null is no word. No term goes from one to the next.</param>
    public static FoldedText Of(params IEnumerable<string?> texts) => new([.. texts.SelectMany(text => Known.Of(text ?? ""))]);

    /// <summary>How many words at a place are the longest of the terms; 0 where none begins there.</summary>
    public int At(int index, TermList terms)
    {
        if (index >= Count || !terms.MayBegin(_words[index]))
            return 0;
        for (var length = Math.Min(terms.Longest, Count - index); length > 0; length--)
            if (terms.Contains(string.Join(' ', _words.AsSpan(index, length)!)))
                return length;
        return 0;
    }

    public bool Has(TermList terms) => Enumerable.Range(0, Count).Any(index => At(index, terms) > 0);

    /// <summary>The text with a gap where a term was.</summary>
    public FoldedText Without(TermList terms)
    {
        var left = new List<string>();
        for (var i = 0; i < Count;)
        {
            var length = At(i, terms);
            left.Add(length > 0 ? "" : _words[i]);
            i += Math.Max(1, length);
        }
        return new([.. left]);
    }

    private static TextMemo<string[]> Known { get; } = new(text => [.. Words(text), End]);

    private static IEnumerable<string> Words(string text)
    {
        var narrow = string.Concat(text.Select(Narrow));
        var marked = Minus().Replace(Star().Replace(narrow, "$1 star "), " minus ").Replace("+", " plus ", StringComparison.Ordinal);
        var folded = new StringBuilder();
        foreach (var letter in Capital().Replace(marked, "$1 ").ToLowerInvariant())
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                folded.Append(Letters.GetValueOrDefault(letter) ?? letter.ToString());
        return Word().Matches(Umlaut().Replace(folded.ToString(), "$1")).Select(word => Numbered().Replace(word.Value, "$1"));
    }

    /// <summary>Letters, digits and signs as wide as an ideograph are those of ASCII (U+FF01 to U+FF5E).</summary>
    private static char Narrow(char letter) => letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;

    [GeneratedRegex(@"(?<=[\p{L}\p{N}])-(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])-(?=[\p{L}\p{N}])|(?<=\()-(?=\))")]
    private static partial Regex Minus();

    [GeneratedRegex(@"([\p{L}\p{N}])\*")]
    private static partial Regex Star();

    [GeneratedRegex(@"(\p{Ll})(?=\p{Lu})")]
    private static partial Regex Capital();

    [GeneratedRegex("([aou])e")]
    private static partial Regex Umlaut();

    /// <summary>Kana, ideographs and Hangul syllables.</summary>
    private const string WordsOfOneLetter = @"\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7A3";

    [GeneratedRegex(
        @"[234]d(?!\p{L}{2})|[234]d(?=tse|fse|flair|space)|[" + WordsOfOneLetter + @"]|[\p{L}-[" + WordsOfOneLetter + @"]]+\p{N}*|\p{N}+")]
    private static partial Regex Word();

    /// <summary>The second of several: <c>FLAIR2</c>, <c>HEAD1</c>. Not <c>T12</c>, nor <c>b1000</c>.</summary>
    [GeneratedRegex(@"^(\p{L}{3,})\p{N}+$")]
    private static partial Regex Numbered();
}
