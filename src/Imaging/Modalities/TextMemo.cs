using System.Collections.Concurrent;

namespace Gateway.Imaging.Modalities;

/// <summary>Remembers what texts were found to mean: all images of a series have the same ones.</summary>
internal sealed class TextMemo<T>(Func<string, T> read)
{
    private const int Texts = 1000;

    /// <summary>Characters; the standard allows 64 to a description (PS3.5 6.2, LO), senders may write more.</summary>
    private const int Longest = 256;

    private readonly ConcurrentDictionary<string, T> _known = new(StringComparer.Ordinal);

    public T Of(string text)
    {
        if (text.Length > Longest)
            return read(text);
        if (_known.TryGetValue(text, out var known))
            return known;
        if (_known.Count >= Texts)
            _known.Clear();
        return _known.GetOrAdd(text, read);
    }
}
