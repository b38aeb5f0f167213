using System.Text.RegularExpressions;

namespace Gateway.Architecture.Tests;

/// <summary>Lines fit two windows side by side.</summary>
public sealed partial class LineWidthTests
{
    private const int Widest = 140;

    [Fact]
    public void No_line_is_wider_than_140_columns() => Assert.Empty(WideLines());

    /// <summary>But for what nobody could break: raw string literals, and a line that is one string literal.</summary>
    private static IEnumerable<string> WideLines()
    {
        string[] folders = ["src", "bench", "tests"];
        foreach (var (path, text) in folders.SelectMany(SourceTests.Sources))
        {
            var (number, raw) = (0, false);
            foreach (var line in text.Split('\n'))
            {
                (number, var inside) = (number + 1, raw);
                raw ^= RawQuotes().Count(line) % 2 == 1;
                if (line.Length > Widest && !inside && !OneLiteral().IsMatch(Hole().Replace(Hole().Replace(line, ""), "")))
                    yield return $"{path}:{number}";
            }
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();

    // What an interpolated string holds between braces.
    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    // A few words, operators or a name before it, brackets after it; nothing that is listed beside it.
    [GeneratedRegex("""^\s*[^"(,]{0,40}"((?!", ).)*"[\]\s),;}]*$""")]
    private static partial Regex OneLiteral();
}
