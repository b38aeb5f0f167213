namespace Gateway.TranslationWorker;

/// <summary>What of a series waits to be sent, cut into requests: as large as the peer takes, since a request has to be cut down to the
/// instance that it is refused for before that can be told from the others.</summary>
/// <param name="bytes">At most in a request, unless one file is larger.</param>
internal sealed class StowQueue(IReadOnlyList<StowPart> parts, long bytes)
{
    private int _next;
    private int _most = int.MaxValue;

    public IEnumerable<OutgoingInstance> Rest => parts.Skip(_next).Select(part => part.Instance);

    /// <returns>Empty when nothing is left.</returns>
    public IReadOnlyList<StowPart> Peek()
    {
        var (count, length) = (0, 0L);
        while (_next + count < parts.Count && count < _most && (count == 0 || length + parts[_next + count].Length <= bytes))
            length += parts[_next + count++].Length;
        return [.. parts.Skip(_next).Take(count)];
    }

    /// <summary>The next request is to hold half of what this one does.</summary>
    public void Halve(IReadOnlyList<StowPart> request) => _most = request.Count / 2;

    /// <summary>The request had its answer.</summary>
    public void Done(IReadOnlyList<StowPart> request)
    {
        _next += request.Count;
        _most = _most > parts.Count ? _most : _most * 2;
    }
}
